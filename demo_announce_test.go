package main

import "testing"

const channel = "[data-testid=channel]"

func TestAnAnnouncementIsSetUpAndPostedInTheBrowser(t *testing.T) {
	p := demoPage(t, demoAna)
	p.See(channel, "Live")
	p.Say("[data-testid=composer]", "/conf create Coffee")
	p.See(channel, "Coffee is ready")
	p.Say("[data-testid=composer]", "/conf announce Coffee every weekday at 9:25 for 9:30")
	p.See(channel, "This is what the channel will see")
	p.Shot("announce_preview")
	p.Click(channel+" [data-action='announce.confirm']", "Confirm")
	p.See(channel, "will be announced every weekday at 09:25")
	p.Click("[data-testid=skip]", "Skip to 09:25")
	p.See(channel, "Every weekday, set up by")
	p.Click("[data-testid=toast] button", "")
	p.Shot("announce_post")

	p.Say("[data-testid=composer]", "/conf announcements")
	p.See(channel, "Announcements in this channel")
	p.Shot("announcements")

	p.Say("[data-testid=composer]", "/conf announce Coffee")
	p.See(modal, "Announce a conference")
	p.Click(modal+" [data-action='announce.more']", "More settings")
	p.See(modal, "Time zone")
	p.Shot("announce_form")
	p.Click("[data-testid=modal-submit]", "Preview")
	p.See(modal, "This is what the channel will see")
	p.Shot("announce_check")
	p.Click("[data-testid=modal-submit]", "Start announcing")
	p.See(channel, "will be announced every")
	p.Size(380, 800)
	p.Until("!document.getAnimations().some(a => a instanceof CSSTransition)") // the drawers have closed
	p.Shot("announce_narrow")
	if errs := p.Errors(); len(errs) > 0 {
		t.Errorf("the page complained: %q", errs)
	}
}
