package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestMain lets several scenarios wait at once: they spend nearly all of
// their time waiting for the bot, which waits for the sandboxes.
func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "test.parallel" })
	if !given {
		_ = flag.Set("test.parallel", "12")
	}
	os.Exit(m.Run())
}

// TestScenarios plays every transcript of testdata/scenarios: people type and
// click in a sandbox Slack, callers dial in a sandbox Audian, and between the
// two runs the real program. testdata/scenarios/README.md explains how a
// transcript is written.
func TestScenarios(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "scenarios", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	program := buildProgram(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			play(t, program, archive)
		})
	}
}

// buildProgram builds the program, without the race detector: scenarios are
// about what people see.
func buildProgram(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "confbot")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", path, ".")
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, said)
	}
	return path
}

// play runs one transcript. When a step fails, everything up to it is shown,
// with what everybody saw and what the bot logged.
func play(t *testing.T, program string, archive *txtar.Archive) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	s, err := newScenario(ctx, t, program, archive)
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(archive.Comment), "\n") {
		if err := s.step(ctx, line); err != nil {
			t.Fatalf("%s\nline %d: %s\n      %v\n\n%s", s.sofar.String(), i+1, strings.TrimSpace(line), err, s.evidence(ctx))
		}
		fmt.Fprintf(&s.sofar, "  %s\n", line)
	}
	if err := errors.Join(s.settle(ctx)...); err != nil {
		t.Errorf("at the end: %v\n\n%s", err, s.evidence(ctx))
	}
}
