package audian

import "net/http"

// Each uncertain question is answered here once, from the switch or, where
// the switch is unset, from the dialect.

func (o *Options) kazoo() bool  { return o.Dialect == Kazoo }
func (o *Options) kazoo5() bool { return o.kazoo() && o.KazooVersion == 5 }

func (o *Options) duplicateNames() bool { return o.DuplicateNames.or(!o.kazoo5()) }
func (o *Options) checkPINs() bool      { return o.CheckPINs.or(true) }
func (o *Options) checkProfiles() bool  { return o.CheckProfiles.or(!o.kazoo()) }
func (o *Options) errorMaps() bool      { return o.ErrorMaps.or(true) }
func (o *Options) updateReplaces() bool { return o.UpdateReplaces.or(o.kazoo()) }
func (o *Options) adHoc() bool          { return o.AdHoc.or(o.kazoo()) }
func (o *Options) kickByPost() bool     { return o.KickByPost.or(!o.kazoo()) }
func (o *Options) lockSupported() bool  { return o.LockSupported.or(o.kazoo()) }
func (o *Options) moderatorPINs() bool  { return o.ModeratorPINs.or(!o.kazoo5()) }
func (o *Options) listenersMuted() bool { return o.ListenersMuted.or(!o.kazoo()) }
func (o *Options) deleteEndsRun() bool  { return o.DeleteEndsRun.or(false) }
func (o *Options) keepExtras() bool     { return o.KeepExtras.or(true) }
func (o *Options) echoToken() bool      { return o.EchoToken.or(true) }
func (o *Options) websocket() bool      { return o.Websocket.or(true) }

func (o *Options) intIDs() bool {
	if o.ParticipantIDs == "" {
		return o.kazoo()
	}
	return o.ParticipantIDs == IntIDs
}

func (o *Options) deleteStatus() int {
	switch {
	case o.DeleteStatus != 0:
		return o.DeleteStatus
	case o.kazoo():
		return http.StatusOK
	default:
		return http.StatusNoContent
	}
}

func (o *Options) switches() map[string]Switch {
	return map[string]Switch{
		"duplicate_names": o.DuplicateNames, "check_pins": o.CheckPINs,
		"check_profiles": o.CheckProfiles, "error_maps": o.ErrorMaps,
		"update_replaces": o.UpdateReplaces, "ad_hoc": o.AdHoc,
		"kick_by_post": o.KickByPost, "lock_supported": o.LockSupported,
		"moderator_pins": o.ModeratorPINs, "listeners_muted": o.ListenersMuted,
		"delete_ends_run": o.DeleteEndsRun, "keep_extras": o.KeepExtras,
		"echo_token": o.EchoToken, "websocket": o.Websocket,
	}
}
