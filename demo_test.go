package main

import (
	"log/slog"
	"testing"

	"confbot/sandbox/audian"
	"confbot/sandbox/web/browsertest"
)

// demoPage starts the demo as `confbot demo` does and opens its page as
// somebody, in a real browser.
func demoPage(t *testing.T, who string) *browsertest.Page {
	t.Helper()
	d, err := startDemo(t.Context(), "127.0.0.1:0", "seed", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.stop)
	p := browsertest.Start(t).Open(t, d.url+"/#"+who+"/"+demoTeam)
	p.Size(1400, 900)
	return p
}

const (
	thread = "[data-testid=thread]"
	modal  = "[data-testid=modal]"
)

// The pictures in docs/images come from these tests: make screenshots.

func TestSomebodyWithoutAnAccountModeratesInTheBrowser(t *testing.T) {
	p := demoPage(t, demoAna)
	p.See("[data-testid=channel]", "Live")
	p.Click("[data-testid=open-thread]", "1 reply")
	p.See(thread, "3. Unknown caller")
	p.Shot("panel")

	p.Click(thread+" [data-action='participant.mute'][aria-label^='Mute 3']", "Mute")
	p.See(thread, "muted (by Ana)")
	p.See("[data-testid=phone][data-number='+14155554821']", "muted")

	p.Click(thread+" [data-action='participant.kick'][aria-label*='5']", "Kick")
	p.See("[data-testid=confirm]", "Kick caller 5?")
	p.Shot("confirm")
	p.Click("[data-testid=confirm-yes]", "Kick")
	p.See(thread, "is off the line")
	p.See(thread, "Keep them out")
	p.See("[data-testid=phone][data-number='+442075557730'][data-state=kicked]", "")

	p.Click("[data-testid=channel] [data-action='card.who']", "Who's on")
	p.See(modal, "5 on the line")
	p.Shot("list")
	p.Click("[data-testid=modal-close]", "Done")
	p.Click("[data-testid=theme]", "")
	p.Click("[role=menuitemradio]", "Dark")
	p.Until("document.documentElement.dataset.theme === 'dark'")
	p.Shot("dark")
	if errs := p.Errors(); len(errs) > 0 {
		t.Errorf("the page complained: %q", errs)
	}
}

func TestAConferenceIsMadeWithTheForm(t *testing.T) {
	p := demoPage(t, demoAna)
	p.Say("[data-testid=composer]", "/conf create")
	p.See(modal, "New conference")
	p.Fill(modal+" [data-block='in.name'] input", "Coffee")
	p.Click(modal+" [data-action='create.more']", "More settings")
	p.See(modal, "PIN for people")
	p.Fill(modal+" [data-block='in.pin'] input", "1234")
	p.Click("[data-testid=modal-submit]", "Create")
	p.See("[data-testid=field-error]", "easy to guess")
	p.Shot("form")
	p.Fill(modal+" [data-block='in.pin'] input", "58203946")
	p.Click("[data-testid=modal-submit]", "Create")
	p.See(modal, "Conference ready")
	p.See(modal, "58203946")
	p.Click("[data-testid=modal-close]", "Done")
	p.See("[data-testid=channel]", "Coffee")
}

func TestAMemberIsRefusedPrivatelyAndNarrowWorks(t *testing.T) {
	p := demoPage(t, "U0GUS00001")
	p.Size(380, 800)
	p.Say("[data-testid=composer]", "/conf mute weekly 3")
	p.See("[data-testid=channel]", "Only moderators of Weekly sync can mute people")
	p.See("[data-testid=only-you]", "")
	p.Shot("narrow")
}

func TestAudianSilentIsSaidInASentence(t *testing.T) {
	d, err := startDemo(t.Context(), "127.0.0.1:0", "seed", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.stop)
	if err := breakAudian(d); err != nil {
		t.Fatal(err)
	}
	p := browsertest.Start(t).Open(t, d.url+"/#"+demoAna+"/"+demoTeam)
	p.Size(1000, 700)
	p.Say("[data-testid=composer]", "/conf create Tea")
	p.See("[data-testid=channel]", "Audian")
	p.See("[data-testid=channel]", "Ref ")
	p.Shot("error")
}

// breakAudian has the sandbox Audian answer nothing but 503.
func breakAudian(d *demo) error {
	_, err := d.audian.AddFault(audian.Fault{Match: "*", Kind: "status", Status: 503})
	return err
}
