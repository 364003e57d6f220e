package audian

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"time"
)

// Dialect says whose rules the server follows.
type Dialect string

const (
	// Seed is the API as Audian's own page describes it.
	Seed Dialect = "seed"
	// Kazoo is the API of an unmodified Kazoo.
	Kazoo Dialect = "kazoo"
)

// Switch chooses between two readings of something that no source settles.
// Its zero value takes what the dialect suggests.
type Switch string

// The positions of a Switch.
const (
	ByDialect Switch = ""
	On        Switch = "on"
	Off       Switch = "off"
)

// UnmarshalJSON takes true and false as well as the names.
func (s *Switch) UnmarshalJSON(b []byte) error {
	var on bool
	if json.Unmarshal(b, &on) == nil {
		*s = Off
		if on {
			*s = On
		}
		return nil
	}
	var name string
	if err := json.Unmarshal(b, &name); err != nil {
		return fmt.Errorf("a switch is on, off or empty: %w", err)
	}
	*s = Switch(name)
	return nil
}

func (s Switch) or(byDialect bool) bool {
	if s == ByDialect {
		return byDialect
	}
	return s == On
}

// IDKind says how participant ids are written in JSON.
type IDKind string

// The kinds of participant id. The zero value takes the dialect's: "part_3"
// in seed, 3 in kazoo.
const (
	StringIDs IDKind = "string"
	IntIDs    IDKind = "int"
)

// Values that a client needs, when Options names none.
const (
	DefaultAPIKey    = "5a6d01c0ffee5a6d01c0ffee5a6d01c0ffee5a6d01c0ffee5a6d01c0ffee5a6d"
	DefaultAccountID = "0123456789abcdef0123456789abcdef"
	DefaultDialIn    = "+14155550100"
	// ForeignAccountID exists, but no key gives access to it: 403.
	ForeignAccountID = "ffffffffffffffffffffffffffffffff"
)

// Options is how a Server starts. The fields with a JSON name can be changed
// while it runs (Configure, or POST /settings on the control API). The zero
// value is the seed dialect on free ports.
type Options struct {
	// Addr and ControlAddr are where the API and the control API listen.
	// Empty means a free port on the loopback interface.
	Addr        string `json:"-"`
	ControlAddr string `json:"-"`
	// APIKey is the one key that api_auth takes. Kazoo wants 64 characters.
	APIKey string `json:"-"`
	// AccountID is the account behind that key: 32 lower-case hex digits.
	AccountID string `json:"-"`
	// DialIn lists the shared lines, on which a caller types a conference
	// number. Empty means DefaultDialIn.
	DialIn []string `json:"-"`
	// Seed fills the server; New calls it, and Reset calls it again.
	Seed func(*Server) error `json:"-"`
	// Now is the clock, to which Advance adds.
	Now    func() time.Time `json:"-"`
	Logger *slog.Logger     `json:"-"`

	Dialect Dialect `json:"dialect"`
	// KazooVersion is 4 or 5 (default) and matters in the kazoo dialect: 4
	// has flat participant flags, _read_only on a single conference, asks
	// for moderator PINs, and lets names be absent or taken twice.
	KazooVersion int `json:"kazoo_version"`

	// TokenLife is how long a token is good for; 0 is an hour, less than 0 is
	// a token without exp that never ends.
	TokenLife time.Duration `json:"-"`
	// ApplyDelay is how long a participant action takes to have its effect
	// after it was accepted.
	ApplyDelay time.Duration `json:"-"`
	// RateBucket charges requests: 100 tokens, 10 more a second, 35 for a
	// login, 1 for all else; an empty bucket answers 429.
	RateBucket bool `json:"rate_bucket"`
	// RetryAfter adds that header (in seconds) to a 429 of the bucket; Kazoo
	// has none.
	RetryAfter bool `json:"retry_after"`
	// MaxUnpaged answers 416 to paginate=false when there are more items
	// than this; 0 is no limit.
	MaxUnpaged int `json:"max_unpaged"`

	ParticipantIDs IDKind `json:"participant_ids"`
	// DeleteStatus is 200 with the document or 204 without a body; 0 takes
	// 204 in seed and 200 in kazoo. If it is 204, a kick by DELETE answers
	// 204 too, otherwise 200 and {}.
	DeleteStatus int `json:"delete_status"`
	// DuplicateNames lets two conferences have one name (seed, Kazoo 4).
	DuplicateNames Switch `json:"duplicate_names"`
	// CheckPINs refuses PINs that are not digits (both).
	CheckPINs Switch `json:"check_pins"`
	// CheckProfiles refuses profiles other than default, large and webinar
	// (seed).
	CheckProfiles Switch `json:"check_profiles"`
	// ErrorMaps writes a refused field as path → rule → detail (both); off,
	// it is one sentence in data.message.
	ErrorMaps Switch `json:"error_maps"`
	// UpdateReplaces makes POST replace the whole document (kazoo) instead
	// of merging into it.
	UpdateReplaces Switch `json:"update_replaces"`
	// AdHoc answers a GET of an unknown conference with an empty one (kazoo)
	// instead of 404.
	AdHoc Switch `json:"ad_hoc"`
	// KickByPost takes {"action":"kick"} by POST beside DELETE (seed).
	KickByPost Switch `json:"kick_by_post"`
	// LockSupported offers lock and unlock by PUT on a conference (kazoo).
	LockSupported Switch `json:"lock_supported"`
	// ModeratorPINs asks callers of an ordinary line for either PIN (seed,
	// Kazoo 4); off, only member PINs are checked and nobody becomes a
	// moderator by PIN (Kazoo 5).
	ModeratorPINs Switch `json:"moderator_pins"`
	// ListenersMuted mutes members of a webinar as they join (seed).
	ListenersMuted Switch `json:"listeners_muted"`
	// DeleteEndsRun hangs up on everybody when a conference is deleted
	// (neither: the run goes on).
	DeleteEndsRun Switch `json:"delete_ends_run"`
	// KeepExtras stores and echoes keys that are not in the schema (both).
	KeepExtras Switch `json:"keep_extras"`
	// EchoToken puts the live token into every envelope (both).
	EchoToken Switch `json:"echo_token"`
	// Websocket offers /v2/websocket (both).
	Websocket Switch `json:"websocket"`
	// UnorderedLists shuffles every list anew.
	UnorderedLists bool `json:"unordered_lists"`
	// UnknownKeys adds a key that no document mentions to every object.
	UnknownKeys bool `json:"unknown_keys"`
}

var accountID = regexp.MustCompile(`^[0-9a-f]{32}$`)

func (o *Options) setDefaults() {
	setDefault(&o.Addr, "127.0.0.1:0")
	setDefault(&o.ControlAddr, "127.0.0.1:0")
	setDefault(&o.APIKey, DefaultAPIKey)
	setDefault(&o.AccountID, DefaultAccountID)
	setDefault(&o.Dialect, Seed)
	setDefault(&o.KazooVersion, 5)
	setDefault(&o.TokenLife, time.Hour)
	if len(o.DialIn) == 0 {
		o.DialIn = []string{DefaultDialIn}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// check names every problem at once.
func (o *Options) check() error {
	var problems []error
	refuse := func(wrong bool, format string, args ...any) {
		if wrong {
			problems = append(problems, fmt.Errorf(format, args...))
		}
	}
	refuse(o.Dialect != Seed && o.Dialect != Kazoo, "dialect %q is neither seed nor kazoo", o.Dialect)
	refuse(o.KazooVersion != 4 && o.KazooVersion != 5, "kazoo_version %d is neither 4 nor 5", o.KazooVersion)
	refuse(!accountID.MatchString(o.AccountID), "the account id is not 32 lower-case hex digits")
	refuse(!loopbackAddr(o.ControlAddr), "control address %q is not this machine's own", o.ControlAddr)
	refuse(o.AccountID == ForeignAccountID, "the account id is the foreign account's")
	refuse(o.Dialect == Kazoo && len(o.APIKey) != apiKeyLength, "a Kazoo API key has %d characters", apiKeyLength)
	refuse(o.DeleteStatus != 0 && o.DeleteStatus != 200 && o.DeleteStatus != 204, "delete_status %d is neither 200 nor 204", o.DeleteStatus)
	refuse(o.ParticipantIDs != "" && o.ParticipantIDs != StringIDs && o.ParticipantIDs != IntIDs, "participant_ids %q is neither string nor int", o.ParticipantIDs)
	for name, s := range o.switches() {
		refuse(s != ByDialect && s != On && s != Off, "%s %q is neither on nor off", name, s)
	}
	return errors.Join(problems...)
}
