package bot

import (
	"slices"
	"testing"

	"confbot/conference"
)

// membersIn answers conversations.members in pages of two.
func membersIn(r *rig, all *[]string) {
	r.answer("conversations.members", func(c call) any {
		at := slices.Index(*all, c.text("cursor"))
		page := (*all)[at+1:]
		next := ""
		if len(page) > 2 {
			page, next = page[:2], page[1]
		}
		return obj{"ok": true, "members": page, "response_metadata": obj{"next_cursor": next}}
	})
}

func TestWhoIsInAChannelIsAskedAnewEachTime(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	all := []string{"U1", "U2", "U3", "U4", "U5"}
	membersIn(r, &all)
	asks := func(user string, want bool) {
		t.Helper()
		in, err := r.bot.Directory().InChannel(t.Context(), "C0TEAM", user)
		if err != nil || in != want {
			t.Errorf("%s is in: %v, %v, want %v", user, in, err, want)
		}
	}
	asks("U5", true)
	asks("U6", false)
	all = append(all[1:], "U6")
	asks("U6", true)
	asks("U1", false)
}

func TestWhereSlackDoesNotTellWhoIsInNobodyIsShutOut(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"unknown_method", "missing_scope", "channel_not_found"} {
		r := newRig(t)
		r.answer("conversations.members", func(call) any { return obj{"ok": false, "error": code} })
		if in, err := r.bot.Directory().InChannel(t.Context(), "C0TEAM", "U1"); err != nil || !in {
			t.Errorf("%s: in %v, %v", code, in, err)
		}
	}
	r := newRig(t)
	r.answer("conversations.members", func(call) any { return obj{"ok": false, "error": "fetch_members_failed"} })
	if in, err := r.bot.Directory().InChannel(t.Context(), "C0TEAM", "U1"); in || conference.KindOf(err) != conference.Unavailable {
		t.Errorf("in %v, %v, want an error while Slack is in trouble", in, err)
	}
}

func TestGuestsAreCountedAmongTheMembers(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	all := []string{"U1", "U2", "U3"}
	membersIn(r, &all)
	r.answer("users.list", func(call) any {
		return obj{"ok": true, "members": []obj{
			{"id": "U1", "is_admin": true},
			{"id": "U2", "is_restricted": true},
			{"id": "U3", "is_ultra_restricted": true},
			{"id": "U4", "is_restricted": true},
			{"id": "U5", "is_restricted": true, "deleted": true},
		}}
	})
	if n := r.bot.Directory().GuestsIn(t.Context(), "C0TEAM"); n != 2 {
		t.Errorf("%d guests, want the two who are in the channel", n)
	}
	if admins, err := r.bot.Directory().Admins(t.Context()); err != nil || !slices.Equal(admins, []string{"U1"}) {
		t.Errorf("admins %v, %v", admins, err)
	}
}

func TestAnInvitationIsSeenAtOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	answer := obj{"ok": false, "error": "channel_not_found"}
	r.answer("conversations.info", func(call) any { return answer })
	d := r.bot.Directory()
	if c, err := d.Channel(t.Context(), "G0BOARD"); err != nil || !c.Private || c.BotIn {
		t.Fatalf("before: %+v, %v", c, err)
	}
	before := len(r.callsTo("conversations.info"))
	if before != 1 {
		t.Errorf("%d calls for one question", before)
	}
	answer = obj{"ok": true, "channel": obj{"id": "G0BOARD", "name": "board", "is_private": true, "is_member": true}}
	for range 3 {
		if c, err := d.Channel(t.Context(), "G0BOARD"); err != nil || !c.BotIn || c.Name != "board" {
			t.Errorf("after: %+v, %v", c, err)
		}
	}
	if n := len(r.callsTo("conversations.info")) - before; n != 1 {
		t.Errorf("%d calls once we are in, want 1", n)
	}
}
