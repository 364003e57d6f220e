package blockkit

const viewFamily = "view"

// views are modals and Home tabs: https://docs.slack.dev/reference/views
func views() family {
	both := props{
		"blocks":           list(0, MaxViewBlocks, of(blockFamily)).must(),
		"private_metadata": str(0, 3000), "callback_id": str(0, 255), "external_id": str(0, 255),
	}
	return family{
		"home": {on: onHome, props: both},
		"modal": {on: onModal, props: both.and(props{
			"title": plain(24).must(), "submit": plain(24), "close": plain(24),
			"clear_on_close": boolean(), "notify_on_close": boolean(), "submit_disabled": boolean(),
		})},
	}
}

// attachment is the older frame round blocks in a message. Slack does not
// check the names of its other properties.
func attachment() node {
	return node{kind: anObject, shape: &shape{
		open:  true,
		props: props{"blocks": list(0, MaxMessageBlocks, of(blockFamily))},
		rules: []rule{blocksStandAlone},
	}}
}
