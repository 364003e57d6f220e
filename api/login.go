package api

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"confbot/conference"
)

const (
	loginTimeout = 10 * time.Second
	loginTries   = 3
	// A stock Kazoo charges a login a third of the rate bucket, so that
	// failures are answered with patience.
	loginPause    = time.Second
	loginMaxPause = time.Minute
	// Nobody waits longer than this for the next attempt to begin.
	loginPatience = 5 * time.Second
)

// session is what a login gave.
type session struct {
	token, account string
	refresh        time.Time // from then on a new one is fetched; zero: never
	expires        time.Time // from then on it is of no use; zero: not known
}

// login holds the session that all calls share and renews it: ahead of time
// in the background, after a 401 once for everybody.
type login struct {
	renewable bool
	signIn    func(context.Context) (session, error)
	life      *life
	log       *slog.Logger
	flight    singleflight.Group

	mu       sync.Mutex
	now      session
	failures int       // logins in a row that failed
	lastErr  error     // of the newest of them
	notUntil time.Time // no login before then

	rejections int       // fresh sessions in a row that were refused with a 401
	trustUntil time.Time // until then a 401 is taken as final
}

func newLogin(a Auth, signIn func(context.Context, string) (session, error), l *life, log *slog.Logger) *login {
	return &login{
		renewable: a.key != "",
		now:       session{token: a.token, account: a.account},
		signIn:    func(ctx context.Context) (session, error) { return signIn(ctx, a.key) },
		life:      l,
		log:       log,
	}
}

func (l *login) accountID() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.now.account
}

// session returns a session to use, signing in first if there is none. It
// tries for as long as ctx and a few attempts allow; a refused login, and one
// that has failed for long, is answered from memory for a while.
func (l *login) session(ctx context.Context) (session, error) {
	for try := 1; ; try++ {
		s, ok, pause, last := l.state(time.Now())
		if ok {
			return s, nil
		}
		if pause > 0 {
			deadline, limited := ctx.Deadline()
			if final(last) || pause > loginPatience || (limited && time.Now().Add(pause).After(deadline)) {
				return session{}, last
			}
			if err := sleep(ctx, pause); err != nil {
				return session{}, err
			}
		}
		s, err := l.renew(ctx)
		if err == nil || final(err) || ctx.Err() != nil || try >= loginTries {
			return s, err
		}
	}
}

// final reports a login that Audian refused, as opposed to one that it did
// not answer.
func final(err error) bool { return conference.ReasonOf(err) == conference.LoginRefused }

// state says whether the session can be used, and if not how long no login
// may be tried and why. It starts a renewal that is due.
func (l *login) state(now time.Time) (s session, ok bool, pause time.Duration, last error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s = l.now
	if s.token == "" || (!s.expires.IsZero() && !now.Before(s.expires)) {
		return session{}, false, l.notUntil.Sub(now), l.lastErr
	}
	if l.renewable && !s.refresh.IsZero() && !now.Before(s.refresh) && !now.Before(l.notUntil) {
		l.start()
	}
	return s, true, 0, nil
}

// renew signs in, or joins whoever is at it. One caller who gives up does not
// end it for the others.
func (l *login) renew(ctx context.Context) (session, error) {
	select {
	case r := <-l.start():
		s, _ := r.Val.(session)
		return s, r.Err
	case <-ctx.Done():
		return session{}, ctx.Err()
	}
}

func (l *login) start() <-chan singleflight.Result {
	return l.flight.DoChan("login", func() (any, error) {
		var s session
		err := l.life.run(func(ctx context.Context) (err error) {
			ctx, cancel := context.WithTimeout(ctx, loginTimeout)
			defer cancel()
			s, err = l.signIn(ctx)
			l.settle(s, err)
			return err
		})
		return s, err
	})
}

func (l *login) settle(s session, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil {
		l.failures++
		l.lastErr = err
		l.notUntil = time.Now().Add(backoff(l.failures, loginPause, loginMaxPause))
		say := l.log.Debug
		if l.failures == 1 { // one line is enough, however long it lasts
			say = l.log.Warn
		}
		say("audian login failed", "failures", l.failures, "err", err)
		return
	}
	if l.now.account != "" && l.now.account != s.account {
		l.log.Warn("audian login now belongs to another account", "was", l.now.account, "is", s.account)
	}
	l.now, l.failures, l.lastErr, l.notUntil = s, 0, nil, time.Time{}
	l.log.Info("signed in to audian", "account", s.account, "refresh", s.refresh)
}

// curable reports whether a new login may cure the 401 that the token got:
// there is a newer one already, or one can be had and the last ones were not
// refused just as soon as they were made.
func (l *login) curable(token string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.now.token != token || (l.renewable && !time.Now().Before(l.trustUntil))
}

// spoiled takes the token out of use.
func (l *login) spoiled(token string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.renewable && l.now.token == token {
		l.now.token = ""
	}
}

// rejected notes a fresh token that was refused too. A wrong account id looks
// like that, and must not cost a login a call.
func (l *login) rejected() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rejections++
	l.trustUntil = time.Now().Add(backoff(l.rejections, 5*time.Second, 5*time.Minute))
}

func (l *login) accepted() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rejections, l.trustUntil = 0, time.Time{}
}
