package torture

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// child is a program that is run again and again with one environment.
type child struct {
	path string
	args []string
	env  []string
	log  *os.File // of all its lives

	cmd   *exec.Cmd
	ended chan struct{}
	err   error         // how it ended, once ended is closed
	spent time.Duration // CPU time of the lives that are over
}

func newChild(tb testing.TB, path string, env []string, args ...string) *child {
	tb.Helper()
	log, err := os.Create(filepath.Join(tb.TempDir(), "log"))
	if err != nil {
		tb.Fatal(err)
	}
	c := &child{path: path, args: args, env: env, log: log}
	tb.Cleanup(func() {
		c.kill()
		_ = log.Close()
	})
	return c
}

func (c *child) start() error {
	c.cmd = exec.Command(c.path, c.args...)
	c.cmd.Env = c.env
	c.cmd.Stdout, c.cmd.Stderr = c.log, c.log
	if err := c.cmd.Start(); err != nil {
		c.cmd = nil
		return err
	}
	c.ended = make(chan struct{})
	go func(cmd *exec.Cmd, ended chan struct{}) {
		defer close(ended)
		c.err = cmd.Wait()
	}(c.cmd, c.ended)
	return nil
}

// kill ends it as a power cut would.
func (c *child) kill() {
	if c.cmd == nil {
		return
	}
	_ = c.cmd.Process.Kill()
	c.over()
}

func (c *child) over() {
	<-c.ended
	c.spent += c.cmd.ProcessState.UserTime() + c.cmd.ProcessState.SystemTime()
	c.cmd = nil
}

// grace is what a container gives a program that is to end.
const grace = 30 * time.Second

// stop ends it as an operator would and answers its exit code and how long it
// took.
func (c *child) stop() (code int, took time.Duration, err error) {
	if c.cmd == nil {
		return 0, 0, errors.New("it does not run")
	}
	began := time.Now()
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return 0, 0, err
	}
	select {
	case <-c.ended:
	case <-time.After(grace):
		c.kill()
		return -1, grace, errors.New("it did not end")
	}
	code = c.cmd.ProcessState.ExitCode()
	c.over()
	return code, time.Since(began), nil
}

// ticks is the unit of /proc's times: USER_HZ is 100 on every Linux.
const ticks = 100

// cpu is the processor time of all lives.
func (c *child) cpu() (time.Duration, error) {
	if c.cmd == nil {
		return c.spent, nil
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", c.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	user, err1 := strconv.Atoi(fields[11])
	system, err2 := strconv.Atoi(fields[12])
	return c.spent + time.Duration(user+system)*time.Second/ticks, errors.Join(err1, err2)
}

// memory is how much of it stands in memory, in bytes.
func (c *child) memory() (int, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, rest, found := strings.Cut(string(status), "VmRSS:")
	if !found {
		return 0, errors.New("no VmRSS")
	}
	kb, err := strconv.Atoi(strings.Fields(rest)[0])
	return kb << 10, err
}

// said counts the lines of its log with such words.
func (c *child) said(words string) int {
	raw, err := os.ReadFile(c.log.Name())
	if err != nil {
		return -1
	}
	return strings.Count(string(raw), words)
}

// tail is the end of what it said.
func (c *child) tail(lines int) string {
	raw, err := os.ReadFile(c.log.Name())
	if err != nil {
		return err.Error()
	}
	all := strings.Split(string(raw), "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}
