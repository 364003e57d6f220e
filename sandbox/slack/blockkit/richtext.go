package blockkit

// Rich text: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block

const (
	richFamily = "rich" // what a rich_text block is made of
	leafFamily = "leaf" // what the text of it is made of
)

func richText() shape {
	parts := list(0, 0, of(richFamily))
	return shape{on: anywhere, props: common(props{"elements": parts.must().unless(parts.from(1))})}
}

func richParts() family {
	border := props{"border": integer(0, 1)}
	leaves := props{"elements": list(0, 0, of(leafFamily)).must()}
	return family{
		"rich_text_section": {props: leaves},
		"rich_text_quote":   {props: leaves.and(border)},
		"rich_text_list": {props: props{
			"elements": list(0, 0, of(richFamily, "rich_text_section")).must(),
			"style":    enum("bullet", "ordered").must(), "indent": integer(0, 8), "offset": atLeast(0),
		}.and(border)},
		"rich_text_preformatted": {props: props{
			"elements": list(0, 0, of(leafFamily, "text", "link")).must(), "language": str(0, 0),
		}.and(border)},
	}
}

func richLeaves() family {
	return family{
		"text":      {props: props{"text": str(1, 0).must(), "style": codeStyle()}},
		"link":      {props: props{"url": str(1, 0).must(), "text": str(0, 0), "unsafe": boolean(), "style": codeStyle()}},
		"emoji":     {props: props{"name": str(1, 0).must(), "unicode": str(1, 0), "url": str(1, 0), "skin_tone": integer(1, 6), "style": leafStyle()}},
		"user":      {props: props{"user_id": str(1, 0).must(), "style": leafStyle()}},
		"usergroup": {props: props{"usergroup_id": str(1, 0).must(), "style": leafStyle()}},
		"team":      {props: props{"team_id": str(1, 0).must(), "style": leafStyle()}},
		"channel":   {props: props{"channel_id": str(1, 0).must(), "tab_id": str(1, 0), "style": leafStyle()}},
		"broadcast": {props: props{"range": enum("here", "channel", "everyone").must(), "style": leafStyle()}},
		"color":     {props: props{"value": matching(`^#([0-9A-Fa-f]{3}){1,2}$`).must(), "style": leafStyle()}},
		"date": {props: props{
			"timestamp": atLeast(0).must(), "format": str(1, 0).must(), "timezone": str(1, 0), "url": str(1, 0),
			"fallback": str(0, 0), "style": leafStyle(),
		}},
		"file":   {props: props{"file_id": str(1, 0).must(), "text": str(0, 0), "url": str(1, 0), "style": leafStyle()}},
		"canvas": {props: props{"file_id": str(1, 0).must(), "label": str(0, 0), "hide_title": boolean(), "section_id": str(1, 0), "text": str(0, 0), "url": str(1, 0), "style": leafStyle()}},
		"workflow_mention": {props: props{
			"workflow_id": str(1, 0).must(), "function_trigger_id": str(1, 0), "text": str(0, 0), "url": str(1, 0), "style": leafStyle(),
		}},
	}
}

func styles() props {
	all := make(props)
	for _, name := range []string{"bold", "italic", "strike", "underline", "highlight", "client_highlight", "unlink"} {
		all[name] = boolean()
	}
	return all
}

// codeStyle is the style of a text or a link.
func codeStyle() node { return object(shape{props: styles().and(props{"code": boolean()})}) }

// leafStyle is the style of a mention, a date and the rest.
func leafStyle() node { return codeStyle().unless(object(shape{props: styles()})) }
