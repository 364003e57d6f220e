package bot

import (
	"context"
	"errors"

	"github.com/slack-go/slack"

	"confbot/blocks"
)

// modal makes a form as Slack takes it.
// Source: https://docs.slack.dev/surfaces/modals
func modal(v blocks.View) slack.ModalViewRequest {
	return slack.ModalViewRequest{
		Type: slack.VTModal, Title: plainText(v.Title), Submit: plainText(v.Submit), Close: plainText(v.Close),
		Blocks: slack.Blocks{BlockSet: v.Blocks}, PrivateMetadata: v.Meta, CallbackID: v.CallbackID,
		ExternalID: v.ExternalID,
		// A form that follows a conference must tell when it is closed, and so must
		// one on top of it: until then what lies below is left alone.
		NotifyOnClose: true,
	}
}

func plainText(text string) *slack.TextBlockObject {
	if text == "" {
		return nil
	}
	return slack.NewTextBlockObject(slack.PlainTextType, text, false, false)
}

// opened is a form as Slack has it now.
type opened struct{ id, root, hash string }

func openedView(r *slack.ViewResponse, err error) (opened, error) {
	if err != nil {
		return opened{}, err
	}
	return opened{id: r.View.ID, root: first(r.RootViewID, r.View.ID), hash: r.Hash}, nil
}

// forms shows forms and the App Home tab, and keeps track of those that
// follow a conference.
type forms struct {
	web    *web
	follow *followed
}

// open shows a form; the trigger is good once, for three seconds.
func (f *forms) open(ctx context.Context, user, trigger string, v blocks.View) (o opened, err error) {
	err = f.web.call(ctx, "views.open", func(ctx context.Context) error {
		o, err = openedView(f.web.api.OpenViewContext(ctx, trigger, modal(v)))
		return err
	})
	if err == nil {
		f.follow.shown(user, o, v)
	}
	return o, err
}

// push shows a form on top of the one that the trigger came from.
func (f *forms) push(ctx context.Context, user, trigger string, v blocks.View) (o opened, err error) {
	err = f.web.call(ctx, "views.push", func(ctx context.Context) error {
		o, err = openedView(f.web.api.PushViewContext(ctx, trigger, modal(v)))
		return err
	})
	if err == nil {
		f.follow.covered(o)
		f.follow.shown(user, o, v)
	}
	return o, err
}

// update puts a form into the place of another. With a hash it does so only
// if the form has not changed since.
func (f *forms) update(ctx context.Context, user, id, hash string, v blocks.View) (o opened, err error) {
	err = f.web.call(ctx, "views.update", func(ctx context.Context) error {
		o, err = openedView(f.web.api.UpdateViewContext(ctx, modal(v), "", hash, id))
		return err
	})
	switch {
	case err == nil:
		f.follow.shown(user, o, v)
	case formGone(err):
		f.follow.closed(id)
	}
	return o, err
}

// updateNamed is update for a form of which only our own name is known.
func (f *forms) updateNamed(ctx context.Context, user, name string, v blocks.View) (o opened, err error) {
	v.ExternalID = "" // Slack knows it by its id from then on
	err = f.web.call(ctx, "views.update", func(ctx context.Context) error {
		o, err = openedView(f.web.api.UpdateViewContext(ctx, modal(v), name, "", ""))
		return err
	})
	if err == nil {
		f.follow.shown(user, o, v)
	}
	return o, err
}

// publish draws somebody's App Home.
func (f *forms) publish(ctx context.Context, user string, v blocks.View) error {
	if v.Kind != blocks.Home {
		return errors.New("publish: not an App Home view")
	}
	return f.web.call(ctx, "views.publish", func(ctx context.Context) error {
		_, err := f.web.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: slack.HomeTabViewRequest{
			Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: v.Blocks}, PrivateMetadata: v.Meta, CallbackID: v.CallbackID,
		}})
		return err
	})
}
