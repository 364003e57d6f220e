package bot

import (
	"context"
	"errors"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
)

// refusals are the answers that will not change before a person does
// something, with what to do.
// Source: https://docs.slack.dev/reference/methods/apps.connections.open#errors
var refusals = map[string]string{
	"invalid_auth":             "check SLACK_APP_TOKEN and SLACK_BOT_TOKEN",
	"not_authed":               "check SLACK_APP_TOKEN and SLACK_BOT_TOKEN",
	"token_revoked":            "make a new token and restart",
	"token_expired":            "make a new token and restart",
	"account_inactive":         "install the app in the workspace again",
	"not_allowed_token_type":   "SLACK_APP_TOKEN starts with xapp-, SLACK_BOT_TOKEN with xoxb-",
	"missing_scope":            "give the app-level token the scope connections:write",
	"forbidden_team":           "install the app in this workspace",
	"team_access_not_granted":  "install the app in this workspace",
	"access_denied":            "ask a workspace admin to allow the app",
	"org_login_required":       "ask a workspace admin to allow the app",
	"ekm_access_denied":        "ask a workspace admin to allow the app",
	"enterprise_is_restricted": "ask a workspace admin to allow the app",
	reasonLinkDisabled:         "switch Socket Mode on in the app's settings",
}

// afterFailure notes why a connection could not be opened and returns how long
// to wait before the next attempt.
func (c *connections) afterFailure(ctx context.Context, err error, pause *backoff) time.Duration {
	if ctx.Err() != nil {
		return 0
	}
	if refused, ok := errors.AsType[*refusedError](err); ok {
		switch endingFor(refused.reason) {
		case disabled:
			return c.refuse(disabled)
		case crowded:
			return c.refuse(crowded)
		default:
			c.note("Slack closes the connection at once: "+refused.reason, "no hello from Slack", "reason", refused.reason)
			return pause.next()
		}
	}
	if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		c.note("Slack asks us to connect later", "Slack asks us to connect later", "after", limited.RetryAfter)
		return max(limited.RetryAfter+jitter(time.Second), pause.next())
	}
	if code := slackCode(err); refusals[code] != "" {
		return c.blocked(code)
	}
	c.note("Slack cannot be reached", "cannot connect to Slack, trying again", "error", err)
	return pause.next()
}

// refuse notes a disconnect that will not pass quickly.
func (c *connections) refuse(why ending) time.Duration {
	if why == crowded {
		c.note("too many connections", "Slack says that this app has too many connections: is it running elsewhere?", "retry_every", crowdedRetry)
		return jitter(2 * crowdedRetry)
	}
	return c.blocked(reasonLinkDisabled)
}

func (c *connections) blocked(code string) time.Duration {
	c.note("Slack refuses the connection: "+code, "Slack refuses the connection", "reason", code, "fix", refusals[code], "retry_every", blockedRetry)
	return blockedRetry - jitter(10*time.Second)
}

// note remembers the trouble and logs it, once until it changes or passes.
func (c *connections) note(trouble, message string, attributes ...any) {
	c.mu.Lock()
	known := c.trouble == trouble
	if len(c.live) == 0 || !known {
		c.trouble = trouble
	}
	c.mu.Unlock()
	if !known {
		c.log.Error(message, attributes...)
	}
}

// slackCode returns Slack's error code, such as "invalid_auth", or "".
func slackCode(err error) string {
	if refused, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		return refused.Err
	}
	return ""
}

// endedBy says in a word or two why a connection ended.
func endedBy(err error) string {
	if closed, ok := errors.AsType[*websocket.CloseError](err); ok {
		if closed.Code == websocket.CloseNormalClosure || closed.Code == websocket.CloseGoingAway {
			return "closed"
		}
		return closed.Error()
	}
	if silent(err) {
		return "nothing arrived for too long"
	}
	if err == nil {
		return ""
	}
	return err.Error()
}
