package blocks

import (
	"cmp"

	"github.com/slack-go/slack"
)

// Loading is the form that stands while Audian is asked: a trigger runs out
// within seconds, and what is known is drawn into the same form later.
func Loading(title string, m Meta) View {
	if title == "" {
		title = "One moment"
	}
	return View{
		Kind: Modal, CallbackID: FormLoading, Title: name(title, MaxViewTitle), Close: "Close", Meta: EncodeMeta(m),
		Blocks: present([]slack.Block{context("Asking Audian…")}),
	}
}

// InForm shows a message's contents as a form, for an answer to what was done
// within one.
func InForm(title string, m Message, meta Meta) View {
	title = cmp.Or(title, m.Title, "confbot")
	return View{
		Kind: Modal, CallbackID: FormText, Title: name(title, MaxViewTitle), Close: "Close", Meta: EncodeMeta(meta),
		Blocks: m.Blocks,
	}
}
