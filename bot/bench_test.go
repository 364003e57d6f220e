package bot

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"confbot/commands"
	"confbot/store"
)

// inFlight is how many commands are unacknowledged at any moment.
const inFlight = 200

// BenchmarkAck measures from the moment Slack sends a command to its
// acknowledgement, with 200 in flight: ours, with the journal on SQLite, and
// an app on slack-go's own Socket Mode client that does nothing but
// acknowledge. The figures mean something side by side only.
func BenchmarkAck(b *testing.B) {
	b.Run("confbot", func(b *testing.B) {
		server := newAckServer(b)
		db, err := store.Open(b.Context(), "sqlite:"+filepath.Join(b.TempDir(), "bench.db"))
		if err != nil {
			b.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		desk := &fakeDesk{planRequest: func(commands.Request) commands.Plan { return durable }}
		bot, err := New(Options{
			AppToken: "xapp-1-A0CONF-1-x", BotToken: "xoxb-x", APIURL: server.url + "/api/", Journal: db, Refs: db, Connections: 1,
			Log: slog.New(slog.DiscardHandler),
		})
		if err != nil {
			b.Fatal(err)
		}
		bot.Serve(desk)
		bot.Start(b.Context())
		defer bot.Stop()
		server.measure(b)
	})
	b.Run("slack-go", func(b *testing.B) {
		server := newAckServer(b)
		api := slack.New("xoxb-x", slack.OptionAppLevelToken("xapp-1-A0CONF-1-x"), slack.OptionAPIURL(server.url+"/api/"))
		client := socketmode.New(api)
		ctx, cancel := context.WithCancel(b.Context())
		defer cancel()
		go func() { _ = client.RunContext(ctx) }()
		go func() {
			for {
				select {
				case event := <-client.Events:
					if event.Type == socketmode.EventTypeSlashCommand {
						_ = client.Ack(*event.Request)
					}
				case <-ctx.Done():
					return
				}
			}
		}()
		server.measure(b)
	})
}

// ackServer is a Slack that sends commands and times their acknowledgements.
type ackServer struct {
	url  string
	conn chan *websocket.Conn
}

func newAckServer(b *testing.B) *ackServer {
	b.Helper()
	s := &ackServer{conn: make(chan *websocket.Conn, 1)}
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	b.Cleanup(server.Close)
	s.url = server.URL
	answer := func(path, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, body)
		})
	}
	answer("/api/auth.test", `{"ok":true,"team_id":"T0CONF","user_id":"UBOT","bot_id":"BBOT"}`)
	answer("/api/bots.info", `{"ok":true}`)
	answer("/api/apps.connections.open", `{"ok":true,"url":"`+strings.Replace(server.URL, "http", "ws", 1)+`/link"}`)
	mux.HandleFunc("/link", func(w http.ResponseWriter, r *http.Request) {
		upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
		ws, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		_ = ws.WriteMessage(websocket.TextMessage, []byte(`{"type":"hello","num_connections":1,"connection_info":{"app_id":"A0CONF"}}`))
		s.conn <- ws
	})
	return s
}

func (s *ackServer) measure(b *testing.B) {
	b.Helper()
	ws := <-s.conn
	defer func() { _ = ws.Close() }()
	var mu sync.Mutex
	sent := make([]time.Time, b.N)
	took := make([]time.Duration, 0, b.N)
	places := make(chan struct{}, inFlight)
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		for len(took) < b.N {
			var ack struct {
				ID string `json:"envelope_id"`
			}
			if err := ws.ReadJSON(&ack); err != nil {
				b.Error(err)
				return
			}
			var n int
			if _, err := fmt.Sscanf(ack.ID, "e%d", &n); err != nil {
				b.Error(err)
				return
			}
			mu.Lock()
			took = append(took, time.Since(sent[n]))
			mu.Unlock()
			<-places
		}
	}()
	b.ResetTimer()
	for n := range b.N {
		places <- struct{}{}
		mu.Lock()
		sent[n] = time.Now()
		mu.Unlock()
		envelope := slashEnvelope(fmt.Sprint("e", n), "mute 3")
		envelope["payload"].(obj)["is_enterprise_install"] = false // slack-go reads nothing else
		if err := ws.WriteJSON(envelope); err != nil {
			b.Fatal(err)
		}
	}
	<-finished
	b.StopTimer()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}
