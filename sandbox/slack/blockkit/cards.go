package blockkit

// cardBlocks are the blocks that hold other blocks or look like a box.
func cardBlocks() family {
	picture := of(elementFamily, "image")
	return family{
		"card": {
			on: anywhere,
			props: common(props{
				"hero_image": picture, "icon": picture, "slack_icon": slackIcon(),
				"title": text(150), "subtitle": text(150), "body": text(200), "subtext": text(200),
				"actions": list(1, 3, of(elementFamily, "button")),
			}),
			someOf: []string{"hero_image", "title", "actions", "body"},
			atMost: []string{"icon", "slack_icon"},
		},
		"carousel": {on: onMessage | onHome, props: common(props{"elements": list(1, 10, of(blockFamily, "card")).must()})},
		"container": {
			on: onMessage | onHome,
			props: common(props{
				"title": plain(150), "rich_text_title": of(blockFamily, "rich_text"), "subtitle": text(150), "icon": picture,
				"child_blocks": list(1, 10, of(blockFamily, containerChildren()...)).must(),
				"width":        enum("narrow", "standard", "wide", "full"), "is_collapsible": boolean(),
				"default_collapsed": boolean(), "has_header_divider": boolean(),
			}),
			someOf: []string{"title", "rich_text_title"},
			rules:  []rule{twoLevels}, enter: intoBox,
		},
		"layout": {
			on: anywhere, strictOn: onMessage | onHome,
			props: common(props{
				"label": str(1, 150).must(), "rows": list(1, 5, layoutRow()).must(), "is_label_visible": boolean(),
				"grid_lines": enum("none", "rows", "outer"), "fallback": list(0, 0, of(blockFamily, stableBlocks()...)),
			}),
			rules: []rule{twoLevels}, enter: intoBox,
		},
		"plan": {on: onMessage, props: common(props{
			"title": str(1, 0).must(), "tasks": list(1, 50, of(blockFamily, "task_card")),
		})},
		"task_card": {on: onMessage, props: common(props{
			"task_id": str(1, 0).must(), "title": str(1, 0).must(),
			"status":  enum("pending", "in_progress", "complete", "error").must(),
			"details": of(blockFamily, "rich_text"), "output": of(blockFamily, "rich_text"),
			"sources": list(0, 0, of(elementFamily, "url")), "hide_title": boolean(),
		})},
	}
}

func containerChildren() []string {
	return []string{
		"actions", "context", "divider", "file", "header", "image", "input", "layout", "rich_text", "section", "table", "video",
	}
}

// stableBlocks may stand in a layout and in its fallback for older clients.
func stableBlocks() []string {
	return []string{"context", "divider", "header", "image", "rich_text", "section", "table", "video"}
}

func layoutRow() node {
	children := append(stableBlocks(), "actions", "alert", "card", "carousel", "container", "data_table",
		"data_visualization", "file", "input")
	item := object(shape{props: props{
		"block":                of(blockFamily, children...).must(),
		"width":                enum("narrow", "standard", "wide"),
		"horizontal_alignment": enum("start", "center", "end"),
	}})
	return object(shape{props: props{"items": list(1, 3, item).must()}})
}
