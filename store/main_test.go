package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"confbot/store"
)

// childVariable names the database that a second process works on: the test
// program started again.
const childVariable = "CONFBOT_STORE_TEST_CHILD"

func TestMain(m *testing.M) {
	if address := os.Getenv(childVariable); address != "" {
		os.Exit(child(address))
	}
	os.Exit(m.Run())
}

// child appends to the journal from several goroutines until it is killed,
// and says of each batch on its standard output that it is acknowledged.
func child(address string) int {
	ctx := context.Background()
	s, err := store.Open(ctx, address)
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, err)
		return 1
	}
	var out sync.Mutex
	var work sync.WaitGroup
	for writer := range 8 {
		work.Go(func() {
			for n := 0; ; n++ {
				entries := make([]store.Entry, 5)
				for i := range entries {
					entries[i] = store.Entry{Key: fmt.Sprintf("w%d-%d-%d", writer, n, i), At: time.Now(), Payload: []byte("sealed")}
				}
				if _, err := s.AppendJournal(ctx, entries); err != nil {
					return
				}
				out.Lock()
				for _, e := range entries {
					_, _ = fmt.Fprintln(os.Stdout, e.Key)
				}
				out.Unlock()
			}
		})
	}
	work.Wait()
	return 1
}

// startChild starts another process on the database and returns what it
// acknowledges, line by line, and what kills it on the spot.
func startChild(t *testing.T, address string) (*bufio.Scanner, func()) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0]) //nolint:gosec // this very test program
	cmd.Env = append(os.Environ(), childVariable+"="+address)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	kill := func() {
		once.Do(func() { _ = cmd.Process.Kill() })
	}
	t.Cleanup(func() { kill(); _ = cmd.Wait() })
	return bufio.NewScanner(out), kill
}

func fileAddress(t *testing.T) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "conf bot%20é.db")
}

// open returns a store on a file, closed with the test.
func open(t *testing.T, address string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// both runs a test on a file and in memory.
func both(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	t.Run("file", func(t *testing.T) {
		t.Parallel()
		test(t, open(t, fileAddress(t)))
	})
	t.Run("memory", func(t *testing.T) {
		t.Parallel()
		test(t, open(t, store.Memory))
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// at is a time as it comes back from the store: UTC, in milliseconds.
func at(minutes int) time.Time {
	return time.Date(2026, 11, 23, 9, 0, 0, 123e6, time.UTC).Add(time.Duration(minutes) * time.Minute)
}
