package bot

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"confbot/blocks"
	"confbot/commands"
	"confbot/conference"
	"confbot/store"
)

// fakeDesk does what its fields say, and nothing by itself.
type fakeDesk struct {
	planRequest func(commands.Request) commands.Plan
	planClick   func(commands.Click) commands.Plan
	planForm    func(commands.Submission) commands.Plan
	command     func(context.Context, commands.Request) commands.Reply
	click       func(context.Context, commands.Click) commands.Reply
	submit      func(context.Context, commands.Submission) commands.Reply
	checkForm   func(commands.Submission) commands.FormAnswer
	suggest     func(context.Context, commands.Query) []blocks.Choice
	followView  func(context.Context, string, commands.ViewRef) (blocks.View, error)
	homeView    func(context.Context, string) (blocks.View, error)
	closed      func(commands.ViewRef)
	card        func(context.Context, store.MessageRef) (blocks.Message, error)
	panel       func(context.Context, store.MessageRef) (blocks.Message, error)
}

func (d *fakeDesk) PlanRequest(r commands.Request) commands.Plan {
	if d.planRequest == nil {
		return commands.Plan{Name: "test"}
	}
	return d.planRequest(r)
}

func (d *fakeDesk) PlanClick(c commands.Click) commands.Plan {
	if d.planClick == nil {
		return commands.Plan{Name: c.ActionID}
	}
	return d.planClick(c)
}

func (d *fakeDesk) PlanSubmission(s commands.Submission) commands.Plan {
	if d.planForm == nil {
		return commands.Plan{Name: s.View.CallbackID}
	}
	return d.planForm(s)
}

func (d *fakeDesk) Command(ctx context.Context, r commands.Request) commands.Reply {
	if d.command == nil {
		return commands.Reply{}
	}
	return d.command(ctx, r)
}

func (d *fakeDesk) Click(ctx context.Context, c commands.Click) commands.Reply {
	if d.click == nil {
		return commands.Reply{}
	}
	return d.click(ctx, c)
}

func (d *fakeDesk) Submit(ctx context.Context, s commands.Submission) commands.Reply {
	if d.submit == nil {
		return commands.Reply{}
	}
	return d.submit(ctx, s)
}

func (d *fakeDesk) CheckForm(s commands.Submission) commands.FormAnswer {
	if d.checkForm == nil {
		return commands.FormAnswer{}
	}
	return d.checkForm(s)
}

func (d *fakeDesk) Suggest(ctx context.Context, q commands.Query) []blocks.Choice {
	if d.suggest == nil {
		return nil
	}
	return d.suggest(ctx, q)
}

func (d *fakeDesk) FollowView(ctx context.Context, user string, v commands.ViewRef) (blocks.View, error) {
	return d.followView(ctx, user, v)
}

func (d *fakeDesk) HomeView(ctx context.Context, user string) (blocks.View, error) {
	if d.homeView == nil {
		return blocks.View{Kind: blocks.Home, Blocks: say("home of " + user).Blocks}, nil
	}
	return d.homeView(ctx, user)
}

func (d *fakeDesk) Closed(_ context.Context, _ commands.Origin, v commands.ViewRef) {
	if d.closed != nil {
		d.closed(v)
	}
}

func (d *fakeDesk) CardView(ctx context.Context, r store.MessageRef) (blocks.Message, error) {
	if d.card == nil {
		return say("card"), nil
	}
	return d.card(ctx, r)
}

func (d *fakeDesk) PanelView(ctx context.Context, r store.MessageRef) (blocks.Message, error) {
	if d.panel == nil {
		return say("panel"), nil
	}
	return d.panel(ctx, r)
}

func (d *fakeDesk) NotDone(p commands.Plan, _ commands.Origin, _ string) blocks.Message {
	return say("not done: " + p.Name)
}

func say(text string) blocks.Message { return plainMessage(text) }

func private(text string) commands.Reply {
	m := say(text)
	return commands.Reply{Private: &m}
}

// memory is a journal and a book of refs that live as long as the test.
type memory struct {
	mu      sync.Mutex
	entries map[string]store.Entry
	refs    map[laneKey]store.MessageRef
	broken  func() error // what writing to the journal says
	batches []int

	unclosable func() error // what closing entries says
}

func newMemory() *memory {
	return &memory{entries: map[string]store.Entry{}, refs: map[laneKey]store.MessageRef{}}
}

func (m *memory) AppendJournal(_ context.Context, entries []store.Entry) ([]bool, error) {
	m.mu.Lock()
	broken := m.broken
	m.mu.Unlock()
	if broken != nil {
		if err := broken(); err != nil {
			return nil, err
		}
	}
	m.mu.Lock() // however late it is
	defer m.mu.Unlock()
	m.batches = append(m.batches, len(entries))
	isNew := make([]bool, len(entries))
	for i, e := range entries {
		_, have := m.entries[e.Key]
		if isNew[i] = !have; !have {
			m.entries[e.Key] = e
		}
	}
	return isNew, nil
}

func (m *memory) settle(state string, keys []string) error {
	if m.unclosable != nil {
		if err := m.unclosable(); err != nil {
			return err
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, k := range keys {
		if e, ok := m.entries[k]; ok {
			e.State, e.Payload = state, nil
			m.entries[k] = e
		}
	}
	return nil
}

func (m *memory) Done(_ context.Context, keys ...string) error {
	return m.settle(store.StateDone, keys)
}

func (m *memory) Told(_ context.Context, keys ...string) error {
	return m.settle(store.StateTold, keys)
}

func (m *memory) ClaimJournal(_ context.Context, owner string, now time.Time, lease time.Duration, limit int) ([]store.Entry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var claimed []store.Entry
	for k, e := range m.entries {
		if e.State == store.StateOpen && !e.LeaseUntil.After(now) && len(claimed) < limit {
			e.Owner, e.LeaseUntil = owner, now.Add(lease)
			m.entries[k] = e
			claimed = append(claimed, e)
		}
	}
	slices.SortFunc(claimed, func(a, b store.Entry) int { return cmp.Compare(a.Key, b.Key) })
	return claimed, nil
}

func (m *memory) RenewJournal(_ context.Context, owner string, until time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for k, e := range m.entries {
		if e.State == store.StateOpen && e.Owner == owner {
			e.LeaseUntil = until
			m.entries[k] = e
		}
	}
	return nil
}

// states counts the entries by state.
func (m *memory) states() map[string]int {
	m.mu.Lock()
	defer m.mu.Unlock()
	count := map[string]int{}
	for _, e := range m.entries {
		count[e.State]++
	}
	return count
}

func (m *memory) SaveRef(_ context.Context, r store.MessageRef) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.refs[laneKey{r.Channel, r.TS}] = r
	return nil
}

func (m *memory) Ref(_ context.Context, channel, ts string) (store.MessageRef, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.refs[laneKey{channel, ts}]
	return r, ok, nil
}

func (m *memory) find(fit func(store.MessageRef) bool) []store.MessageRef {
	m.mu.Lock()
	defer m.mu.Unlock()
	var found []store.MessageRef
	for _, r := range m.refs {
		if fit(r) {
			found = append(found, r)
		}
	}
	slices.SortFunc(found, func(a, b store.MessageRef) int { return cmp.Compare(a.TS, b.TS) })
	return found
}

func (m *memory) CurrentCard(_ context.Context, channel string, id conference.ID) (store.MessageRef, bool, error) {
	found := m.find(func(r store.MessageRef) bool {
		return r.Channel == channel && r.Conference == id && r.Kind == store.KindCard
	})
	if len(found) == 0 {
		return store.MessageRef{}, false, nil
	}
	return found[0], true, nil
}

func (m *memory) PanelOf(_ context.Context, card store.MessageRef) (store.MessageRef, bool, error) {
	found := m.find(func(r store.MessageRef) bool { return r.Channel == card.Channel && r.ThreadTS == card.TS })
	if len(found) == 0 {
		return store.MessageRef{}, false, nil
	}
	return found[0], true, nil
}

func (m *memory) RefsOf(_ context.Context, id conference.ID) ([]store.MessageRef, error) {
	return m.find(func(r store.MessageRef) bool {
		return r.Conference == id && (r.Kind == store.KindCard || r.Kind == store.KindPanel)
	}), nil
}

func (m *memory) change(channel, ts string, f func(*store.MessageRef)) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.refs[laneKey{channel, ts}]
	if ok {
		f(&r)
		m.refs[laneKey{channel, ts}] = r
	}
	return ok
}

func (m *memory) Retire(_ context.Context, channel string, id conference.ID) ([]store.MessageRef, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var old []store.MessageRef
	for k, r := range m.refs {
		kinds := map[string]string{store.KindCard: store.KindCardOld, store.KindPanel: store.KindPanelOld}
		if r.Channel == channel && r.Conference == id && kinds[r.Kind] != "" {
			r.Kind = kinds[r.Kind]
			m.refs[k] = r
			old = append(old, r)
		}
	}
	return old, nil
}

func (m *memory) Bump(_ context.Context, channel, ts string) (revision int64, ok bool, err error) {
	ok = m.change(channel, ts, func(r *store.MessageRef) { r.Revision++; revision = r.Revision })
	return revision, ok, nil
}

func (m *memory) SetRowLimit(_ context.Context, channel, ts string, rows int) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r, ok := m.refs[laneKey{channel, ts}]; ok {
		r.RowLimit = rows
		m.refs[laneKey{channel, ts}] = r
	}
	return nil
}

func (m *memory) SetDrawn(_ context.Context, channel, ts, drawn string) error {
	m.change(channel, ts, func(r *store.MessageRef) { r.Drawn = drawn })
	return nil
}

func (m *memory) DropRef(_ context.Context, channel, ts string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.refs, laneKey{channel, ts})
	return nil
}

// logbook is a log that can be read.
type logbook struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

// lines returns the lines whose message is msg, decoded.
func (l *logbook) lines(msg string) []map[string]any {
	l.mu.Lock()
	defer l.mu.Unlock()
	var found []map[string]any
	for line := range strings.Lines(l.buf.String()) {
		var v map[string]any
		if json.Unmarshal([]byte(line), &v) == nil && v["msg"] == msg {
			found = append(found, v)
		}
	}
	return found
}

// rig is a Bot with everything around it faked.
type rig struct {
	*fakeSlack
	desk *fakeDesk
	mem  *memory
	log  *logbook
	bot  *Bot
}

// newRig makes a rig; its bot is started by run.
func newRig(t *testing.T, change ...func(*Options)) *rig {
	t.Helper()
	r := &rig{fakeSlack: newFakeSlack(t), desk: &fakeDesk{}, mem: newMemory(), log: &logbook{}}
	r.bot = r.newBot(t, change...)
	return r
}

func (r *rig) newBot(t *testing.T, change ...func(*Options)) *Bot {
	t.Helper()
	o := Options{
		AppToken: "xapp-1-A0CONF-1-secret", BotToken: "xoxb-secret", APIURL: "http://slack.test/api/", Command: "/conf",
		Journal: r.mem, Refs: r.mem, HTTP: r.client(), Dialer: r.dialer(), Connections: 1,
		Log: slog.New(slog.NewJSONHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, c := range change {
		c(&o)
	}
	b, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	b.Serve(r.desk)
	return b
}

// run starts the bot and returns its first connection.
func (r *rig) run(t *testing.T) *fakeSocket {
	t.Helper()
	r.bot.Start(t.Context())
	t.Cleanup(r.bot.Stop)
	return r.socket(1)
}

// awaitDone waits until n interactions are finished.
func (r *rig) awaitDone(n int) {
	r.t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for len(r.log.lines("interaction")) < n {
		select {
		case <-tick.C:
		case <-r.t.Context().Done():
			r.t.Fatalf("%d interactions did not finish", n)
		}
	}
}

// pass lets time go by; in a synctest bubble it takes none.
func pass(d time.Duration) { <-time.After(d) }
