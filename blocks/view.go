package blocks

import "github.com/slack-go/slack"

// ModalRequest is a form as Slack's views.open, views.push and views.update
// take it.
func (v View) ModalRequest() slack.ModalViewRequest {
	r := slack.ModalViewRequest{
		Type: slack.VTModal, Title: plain(v.Title, MaxViewTitle), Blocks: slack.Blocks{BlockSet: v.Blocks},
		PrivateMetadata: v.Meta, CallbackID: v.CallbackID, NotifyOnClose: v.Notify, ExternalID: v.ExternalID,
	}
	if v.Submit != "" {
		r.Submit = plain(v.Submit, MaxViewButton)
	}
	if v.Close != "" {
		r.Close = plain(v.Close, MaxViewButton)
	}
	return r
}

// HomeRequest is the App Home tab as Slack's views.publish takes it.
func (v View) HomeRequest() slack.HomeTabViewRequest {
	return slack.HomeTabViewRequest{
		Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: v.Blocks}, PrivateMetadata: v.Meta, CallbackID: v.CallbackID,
	}
}

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
	if title == "" {
		title = "confbot"
	}
	return View{
		Kind: Modal, CallbackID: FormText, Title: name(title, MaxViewTitle), Close: "Close", Meta: EncodeMeta(meta),
		Blocks: m.Blocks,
	}
}
