package blockkit

// Block elements: https://docs.slack.dev/reference/block-kit/block-elements

const elementFamily = "element"

// Which elements may stand where.
func sectionAccessories() []string {
	return append(menus(), "button", "workflow_button", "overflow", "checkboxes", "radio_buttons",
		"datepicker", "timepicker", "image")
}

func actionElements() []string {
	return append(menus(), "button", "workflow_button", "overflow", "checkboxes", "radio_buttons",
		"datepicker", "timepicker", "datetimepicker")
}

func inputElements() []string {
	return append(menus(), "checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker",
		"plain_text_input", "number_input", "email_text_input", "url_text_input", "file_input", "rich_text_input")
}

func menus() []string {
	return []string{
		"static_select", "multi_static_select", "external_select", "multi_external_select",
		"users_select", "multi_users_select", "conversations_select", "multi_conversations_select",
		"channels_select", "multi_channels_select",
	}
}

func elements() family {
	ten := list(1, 10, option(text))
	overflow := list(1, 5, option(plain, props{"url": address()}))
	all := family{
		"button": {props: props{
			"action_id": actionID(), "text": plain(75).must(), "value": str(0, 2000), "url": address(), "style": style(),
			"confirm": confirm(), "accessibility_label": str(0, 75),
			"agent_prompt": str(1, 0), "agent_prompt_display": str(1, 0), "visible_to_user_ids": list(1, 0, str(1, 0)),
		}},
		"workflow_button": {on: onMessage, props: props{
			"action_id": actionID().unless(actionID().must()), "text": plain(75).must(), "style": style(),
			"workflow": workflow().must(), "accessibility_label": str(0, 75),
		}},
		"overflow": {props: props{
			"action_id": actionID(), "confirm": confirm(),
			"options": overflow.must().unless(overflow.from(2)),
		}},
		"checkboxes": {
			props: chooser().and(props{"options": ten.must(), "initial_options": ten}),
			rules: []rule{initialIsOffered, valuesDiffer},
		},
		"radio_buttons": {
			props: chooser().and(props{"options": ten.must(), "initial_option": option(text)}),
			rules: []rule{initialIsOffered, valuesDiffer},
		},
		"datepicker": {props: picker().and(props{"initial_date": matching(`^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`)})},
		"timepicker": {props: picker().and(props{
			"initial_time": matching(`^([01]\d|2[0-3]):[0-5]\d$`), "timezone": str(1, 0),
		})},
		"datetimepicker": {on: onMessage | onModal, props: chooser().and(props{
			"initial_date_time": integer(1_000_000_000, 9_999_999_999),
		})},
		"image": {props: picture(), oneOf: []string{"image_url", "slack_file"}},
		"feedback_buttons": {props: props{
			"action_id": actionID(), "positive_button": feedbackButton().must(), "negative_button": feedbackButton().must(),
		}},
		"icon_button": {props: props{
			"action_id": actionID(), "icon": enum("trash").must(), "text": plain(75).must(), "value": str(0, 2000),
			"confirm": confirm(), "accessibility_label": str(0, 75), "visible_to_user_ids": list(1, 0, str(1, 0)),
		}},
		"url": {props: props{"url": str(1, 0).must(), "text": str(1, 0).must()}},
	}
	for _, more := range []family{selects(), inputs()} {
		for name, s := range more {
			all[name] = s
		}
	}
	return all
}

// chooser is what every element has that a person sets without typing.
func chooser() props {
	return props{"action_id": actionID(), "confirm": confirm(), "focus_on_load": boolean().with(focusOnce)}
}

// picker is a chooser that shows a placeholder while it is empty.
func picker() props { return chooser().and(props{"placeholder": plain(150)}) }

// multiPicker is a picker of several things.
func multiPicker() props { return picker().and(props{"max_selected_items": atLeast(1)}) }

func selects() family {
	hundred := list(1, 100, option(plain))
	static := props{"options": hundred, "option_groups": list(1, 100, optionGroup())}
	source := []string{"options", "option_groups"}
	typed := props{"min_query_length": atLeast(0)}
	conversations := props{"default_to_current_conversation": boolean(), "filter": conversationFilter()}
	answers := props{"response_url_enabled": boolean().within(inModalInput)}
	ids := list(1, 0, str(1, 0))
	return family{
		"static_select": {
			props: picker().and(static, props{"initial_option": option(plain)}),
			oneOf: source, rules: []rule{initialIsOffered, valuesDiffer},
		},
		"multi_static_select": {
			props: multiPicker().and(static, props{"initial_options": hundred}),
			oneOf: source, rules: []rule{initialIsOffered, valuesDiffer},
		},
		"external_select":       {props: picker().and(typed, props{"initial_option": option(plain)})},
		"multi_external_select": {props: multiPicker().and(typed, props{"initial_options": hundred})},
		"users_select":          {props: picker().and(props{"initial_user": str(1, 0)})},
		"multi_users_select":    {props: multiPicker().and(props{"initial_users": list(0, 0, str(1, 0))})},
		"conversations_select": {
			props: picker().and(conversations, answers, props{"initial_conversation": str(1, 0)}),
		},
		"multi_conversations_select": {props: multiPicker().and(conversations, props{"initial_conversations": ids})},
		"channels_select":            {props: picker().and(answers, props{"initial_channel": str(1, 0)})},
		"multi_channels_select":      {props: multiPicker().and(props{"initial_channels": ids})},
	}
}

// typing is what every field has that a person types into.
func typing() props {
	return props{
		"action_id": actionID(), "placeholder": plain(150), "dispatch_action_config": dispatchConfig(),
		"focus_on_load": boolean().with(focusOnce),
	}
}

func inputs() family {
	decimal := matching(`^-?(\d+\.?\d*|\.\d+)$`)
	return family{
		"plain_text_input": {
			props: typing().and(props{
				"initial_value": str(0, 0), "multiline": boolean(),
				"min_length": integer(0, 3000), "max_length": atLeast(1).unless(integer(1, 3000)),
			}),
			rules: []rule{inOrder("min_length", "max_length")},
		},
		"number_input": {
			on: onModal,
			props: typing().and(props{
				"is_decimal_allowed": boolean().must(), "initial_value": decimal, "min_value": decimal, "max_value": decimal,
			}),
			rules: []rule{inOrder("min_value", "max_value")},
		},
		"email_text_input": {on: onModal, props: typing().and(props{"initial_value": str(0, 0)})},
		"url_text_input":   {on: onModal, props: typing().and(props{"initial_value": str(0, 0)})},
		"file_input": {on: onModal, props: props{
			"action_id": actionID(), "filetypes": list(1, 0, str(1, 0)), "max_files": integer(1, 10),
		}},
		"rich_text_input": {on: onModal | onHome, props: typing().and(props{
			"action_id": actionID().must(), "initial_value": of(blockFamily, "rich_text"),
			"min_lines": integer(1, 100), "max_lines": integer(1, 100),
		})},
	}
}

func feedbackButton() node {
	return object(shape{props: props{
		"text": plain(75).must(), "value": str(1, 2000).must(), "accessibility_label": str(0, 75),
	}})
}

func workflow() node {
	parameter := object(shape{props: props{"name": str(1, 0).must(), "value": str(0, 0).must()}})
	return object(shape{props: props{
		"trigger": object(shape{props: props{
			"url": str(1, 0).must(), "customizable_input_parameters": list(0, 0, parameter),
		}}).must(),
	}})
}
