// Command confbot runs phone conferences from Slack.
//
// This package is where everything meets: it reads the configuration, makes
// the parts and starts and stops them in order. It holds no rules of its own.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	_ "time/tzdata" // so that a container without zone files knows them all
)

// Exit codes.
const (
	exitFine   = 0
	exitFailed = 1
	exitConfig = 2 // wrong or missing configuration, or an unknown sub-command
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// subcommands in the order of the usage text.
var subcommands = []struct {
	name, about string
	flags       bool // it explains its own
	run         func(ctx context.Context, args []string, out, errs io.Writer) error
}{
	{"run", "connect to Slack and Audian and work (the default)", false, runBot},
	{"demo", "play with everything in a browser; needs no account", true, runDemo},
	{"sandbox", "start the sandbox Slack and the sandbox Audian alone, for other clients", true, runSandbox},
	{"doctor", "check the configuration, Slack, Audian and the database", false, runDoctor},
	{"manifest", "print the Slack app's manifest", false, runManifest},
	{"healthcheck", "ask a running confbot whether it is well; for containers", false, runHealthcheck},
	{"version", "print the version", false, runVersion},
}

// run is main with everything given to it. It returns the exit code.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	name := "run"
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		name, args = args[0], args[1:]
	}
	for _, c := range subcommands {
		if c.name == name && (c.flags || len(args) == 0 || !wantsHelp(args[0])) {
			return finish(c.run(ctx, args, out, errs), errs)
		}
	}
	usage(errs)
	if len(args) > 0 && wantsHelp(args[0]) || name == "help" {
		return exitFine
	}
	return exitConfig
}

func wantsHelp(arg string) bool { return arg == "-h" || arg == "-help" || arg == "--help" }

// errUsage is a flag or argument that a sub-command does not take.
var errUsage = errors.New("usage")

func finish(err error, errs io.Writer) int {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, flag.ErrHelp) {
		return exitFine
	}
	if p, ok := errors.AsType[problems](err); ok {
		_, _ = fmt.Fprint(errs, p.Error())
		return exitConfig
	}
	if errors.Is(err, errUsage) {
		_, _ = fmt.Fprintln(errs, err)
		return exitConfig
	}
	_, _ = fmt.Fprintln(errs, "confbot:", err)
	return exitFailed
}

func usage(w io.Writer) {
	_, _ = fmt.Fprint(w, "confbot runs phone conferences from Slack.\n\nUsage: confbot [sub-command]\n\n")
	for _, c := range subcommands {
		_, _ = fmt.Fprintf(w, "  %-12s %s\n", c.name, c.about)
	}
	_, _ = fmt.Fprint(w, "\nIt is configured by environment variables; see the README.\n")
}

// version is what this binary was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "unknown"
	}
	if info.Main.Version == "(devel)" {
		return "development"
	}
	return strings.TrimPrefix(info.Main.Version, "v")
}

func runVersion(_ context.Context, _ []string, out, _ io.Writer) error {
	_, err := fmt.Fprintln(out, "confbot", version())
	return err
}
