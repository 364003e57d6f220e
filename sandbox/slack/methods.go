package slack

// method is one row of the Web API.
type method struct {
	scopes   []string // all of them needed; those that depend on the channel are checked by the handler
	rate     pace
	open     bool // needs no token
	appLevel bool // takes the app-level token, in the header, by POST
	run      func(*call) (obj, *apiError)
}

func needs(scopes ...string) []string { return scopes }

// webMethods is everything this Slack answers to; all else is unknown_method. Scopes and tiers are those of each method's
// page on docs.slack.dev/reference/methods.
func webMethods() map[string]*method {
	return map[string]*method{
		"api.test":              {rate: special, open: true, run: apiTest},
		"apps.connections.open": {rate: tier3, appLevel: true, run: connectionsOpen},
		"auth.test":             {rate: special, run: authTest},
		"blocks.validate":       {rate: special, open: true, run: blocksValidate},
		"bookmarks.add":         {scopes: needs("bookmarks:write"), rate: tier2, run: bookmarksAdd},
		"bots.info":             {scopes: needs("users:read"), rate: tier3, run: botsInfo},
		"team.info":             {scopes: needs("team:read"), rate: tier3, run: teamInfo},
		"pins.add":              {scopes: needs("pins:write"), rate: tier2, run: pinsAdd},

		"chat.postMessage":            {scopes: needs("chat:write"), rate: special, run: postMessage},
		"chat.postEphemeral":          {scopes: needs("chat:write"), rate: tier4, run: postEphemeral},
		"chat.update":                 {scopes: needs("chat:write"), rate: tier3, run: updateMessage},
		"chat.delete":                 {scopes: needs("chat:write"), rate: tier3, run: deleteMessage},
		"chat.getPermalink":           {rate: special, run: getPermalink},
		"chat.scheduleMessage":        {scopes: needs("chat:write"), rate: tier3, run: scheduleMessage},
		"chat.scheduledMessages.list": {rate: tier3, run: listScheduled},
		"chat.deleteScheduledMessage": {scopes: needs("chat:write"), rate: tier3, run: deleteScheduled},

		"conversations.info":    {rate: tier3, run: conversationsInfo},
		"conversations.list":    {rate: tier2, run: conversationsList},
		"conversations.members": {rate: tier4, run: conversationsMembers},
		"conversations.history": {rate: tier3, run: conversationsHistory},
		"conversations.replies": {rate: tier3, run: conversationsReplies},
		"conversations.join":    {scopes: needs("channels:join"), rate: tier3, run: conversationsJoin},
		"conversations.open":    {rate: tier3, run: conversationsOpen},

		"users.info":            {scopes: needs("users:read"), rate: tier4, run: usersInfo},
		"users.list":            {scopes: needs("users:read"), rate: tier2, run: usersList},
		"users.lookupByEmail":   {scopes: needs("users:read.email"), rate: tier3, run: usersLookup},
		"users.profile.get":     {scopes: needs("users.profile:read"), rate: tier4, run: usersProfile},
		"usergroups.list":       {scopes: needs("usergroups:read"), rate: tier2, run: usergroupsList},
		"usergroups.users.list": {scopes: needs("usergroups:read"), rate: tier2, run: usergroupsUsers},

		"views.open":    {rate: tier4, run: viewsOpen},
		"views.push":    {rate: tier4, run: viewsPush},
		"views.update":  {rate: tier4, run: viewsUpdate},
		"views.publish": {rate: tier4, run: viewsPublish},

		"files.getUploadURLExternal":   {scopes: needs("files:write"), rate: tier4, run: getUploadURL},
		"files.completeUploadExternal": {scopes: needs("files:write"), rate: tier4, run: completeUpload},
	}
}
