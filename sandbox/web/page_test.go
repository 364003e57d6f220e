package web_test

import (
	"testing"

	"confbot/sandbox/web/browsertest"
)

func TestThePageDrawsAWorkspace(t *testing.T) {
	_, address := newFake(t)
	page := browsertest.Start(t).Open(t, address+"/#U0ANA00001/C0TEAM0001")
	page.See("[data-testid=channel] h1", "team")
	page.Shot("dev-channel")
	page.Click("[data-testid=open-thread]", "2 replies")
	page.See("[data-testid=thread]", "5 on the line")
	page.Shot("dev-thread")
	page.Goto(address + "/#U0ANA00001/C0GALLERY1")
	if errs := page.Errors(); len(errs) > 0 {
		t.Errorf("the console holds errors: %q", errs)
	}
}
