package blockkit

// Composition objects: https://docs.slack.dev/reference/block-kit/composition-objects

// maxText is what a text object holds where its parent sets no narrower limit.
const maxText = 3000

// texts are the two text objects, of 1 to maximum characters.
func texts(maximum int) family {
	length := str(1, maximum).must()
	return family{
		"plain_text": {props: props{"text": length, "emoji": boolean()}},
		"mrkdwn":     {props: props{"text": length, "verbatim": boolean()}},
	}
}

// text is a text object of either type.
func text(maximum int) node { return node{kind: anObject, variants: texts(maximum)} }

// plain is a text object that may hold no markup.
func plain(maximum int) node {
	return node{kind: anObject, variants: family{"plain_text": texts(maximum)["plain_text"]}}
}

// https is an address that Slack itself will fetch or embed.
func https() node { return matching(`^https://[^/\s]+`) }

func address() node { return str(1, 3000) }

func actionID() node {
	id := str(0, 255).with(actionIDOnce)
	return id.unless(id.from(1))
}

func blockID() node {
	id := str(0, 255).with(blockIDOnce)
	return id.unless(id.from(1))
}

func style() node { return enum("primary", "danger") }

func confirm() node {
	wide := props{
		"title": plain(100), "text": text(300).must(), "confirm": plain(30), "deny": plain(30), "style": style(),
	}
	return object(shape{props: wide}).unless(object(shape{props: wide.musts("title", "confirm", "deny")}))
}

// option is a choice of a menu (plain) or of radio buttons and checkboxes
// (text). Only an overflow's may carry a url.
func option(label func(int) node, more ...props) node {
	return object(shape{props: props{
		"text":        label(75).must(),
		"value":       str(1, 150).must().unless(str(1, 75)),
		"description": label(75),
	}.and(more...)})
}

func optionGroup() node {
	return object(shape{props: props{
		"label":   plain(75).must(),
		"options": list(1, 100, option(plain)).must(),
	}})
}

func dispatchConfig() node {
	return object(shape{props: props{
		"trigger_actions_on": list(1, 2, enum("on_enter_pressed", "on_character_entered")),
	}})
}

func conversationFilter() node {
	return object(shape{
		props: props{
			"include":                          list(1, 4, enum("im", "mpim", "private", "public")),
			"exclude_external_shared_channels": boolean(),
			"exclude_bot_users":                boolean(),
		},
		someOf: []string{"include", "exclude_external_shared_channels", "exclude_bot_users"},
	})
}

func slackFile() node {
	return object(shape{props: props{"id": str(1, 0), "url": str(1, 0)}, oneOf: []string{"id", "url"}})
}

// picture is what image blocks and image elements have in common.
func picture() props {
	return props{"alt_text": str(0, 2000).must(), "image_url": address(), "slack_file": slackFile()}
}

func slackIcon() node {
	return object(shape{props: props{"type": enum("icon").must(), "name": str(1, 0).must()}})
}
