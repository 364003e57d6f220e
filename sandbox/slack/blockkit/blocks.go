package blockkit

// Blocks: https://docs.slack.dev/reference/block-kit/blocks

const blockFamily = "block"

// common is what every block may carry.
func common(more props) props { return props{"block_id": blockID()}.and(more) }

func blocks() family {
	all := family{
		"section": {
			on: anywhere,
			props: common(props{
				"text": text(3000), "fields": list(1, 10, text(2000)), "expand": boolean(),
				"accessory": of(elementFamily, sectionAccessories()...),
			}),
			someOf: []string{"text", "fields"},
		},
		"header":  {on: anywhere, props: common(props{"text": plain(150).must(), "level": integer(1, 4)})},
		"divider": {on: anywhere, props: common(nil)},
		"context": {on: anywhere, props: common(props{"elements": list(1, 10, of(contextFamily)).must()})},
		"actions": {on: anywhere, props: common(props{
			"elements": list(1, 25, of(elementFamily, actionElements()...)).must(),
		})},
		"image": {
			on: anywhere, props: common(picture()).and(props{"title": plain(2000)}),
			oneOf: []string{"image_url", "slack_file"},
		},
		"input": {
			on: anywhere,
			props: common(props{
				"label": plain(2000).must(), "hint": plain(2000), "optional": boolean(), "dispatch_action": boolean(),
				"element": of(elementFamily, inputElements()...).must(),
			}),
			rules: []rule{needsSubmit, filesDoNotDispatch}, enter: intoInput,
		},
		"rich_text": richText(),
		"markdown": {
			on:    onMessage,
			props: common(props{"text": str(1, maxMarkdown).must()}), rules: []rule{markdownTotal},
		},
		"video": {on: anywhere, props: common(props{
			"title": plain(199).must(), "title_url": https(), "description": plain(199), "alt_text": str(1, 0).must(),
			"video_url": https().must(), "thumbnail_url": address().must(), "author_name": str(0, 49),
			"provider_name": str(0, 0), "provider_icon_url": address(),
		})},
		"alert": {on: onModal, props: common(props{
			"text": text(200).must(), "level": enum("default", "info", "warning", "error", "success"),
		})},
		"context_actions": {on: onMessage, props: common(props{
			"elements": list(1, 5, of(elementFamily, "feedback_buttons", "icon_button")).must(),
		})},
		"call": {on: onMessage, props: common(props{
			"call_id": str(1, 0).must(), "api_decoration_available": boolean(),
		})},
		// Slack draws remote files with it; an app that posts one is refused.
		"file": {on: nowhere},
		// Announced in Slack's libraries, live nowhere.
		"auth_provider": {on: nowhere},
	}
	for _, more := range []family{dataBlocks(), cardBlocks()} {
		for name, s := range more {
			all[name] = s
		}
	}
	return all
}

const contextFamily = "context element"

// contextParts are texts and images side by side in one list.
func contextParts() family {
	parts := texts(maxText)
	parts["image"] = elements()["image"]
	return parts
}
