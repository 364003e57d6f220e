package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"
)

// process is the program, run again and again with one environment.
type process struct {
	path string
	env  []string
	cmd  *exec.Cmd
	done chan error
	said lockedBuffer // of all its lives
}

// lockedBuffer takes what a child process writes while a test reads it.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

func (p *process) log() string { return p.said.String() }

func (p *process) start() error {
	if p.cmd != nil {
		return errors.New("the bot runs already")
	}
	p.cmd = exec.Command(p.path)
	p.cmd.Env = p.env
	p.cmd.Stdout, p.cmd.Stderr = &p.said, &p.said
	if err := p.cmd.Start(); err != nil {
		return err
	}
	p.done = make(chan error, 1)
	go func(cmd *exec.Cmd, done chan error) { done <- cmd.Wait() }(p.cmd, p.done)
	return nil
}

// stop ends it as an operator would.
func (p *process) stop(ctx context.Context) error {
	if p.cmd == nil {
		return errors.New("the bot does not run")
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 28*time.Second)
	defer cancel()
	select {
	case err := <-p.done:
		p.cmd = nil
		if err != nil {
			return fmt.Errorf("the bot ended badly: %w", err)
		}
		return nil
	case <-ctx.Done():
		return errors.New("the bot did not stop within 28 seconds")
	}
}

// kill ends it as a power cut would. It may be called at any time.
func (p *process) kill() {
	if p.cmd == nil {
		return
	}
	_ = p.cmd.Process.Kill()
	<-p.done //nolint:errcheck // it was killed
	p.cmd = nil
}

// outcome is how a run of a sub-command ended.
type outcome struct {
	code      int
	out, errs string
}

// runOnce runs a sub-command to its end.
func (p *process) runOnce(ctx context.Context, command string) outcome {
	var out, errs bytes.Buffer
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, p.path, strings.Fields(command)...)
	cmd.Env, cmd.Stdout, cmd.Stderr = p.env, &out, &errs
	err := cmd.Run()
	o := outcome{out: out.String(), errs: errs.String()}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		o.code = exit.ExitCode()
	} else if err != nil {
		o.code = -1
		o.errs += err.Error()
	}
	return o
}

// with returns the environment with a variable set, or taken away.
func (p *process) with(name, value string) {
	env := make([]string, 0, len(p.env)+1)
	for _, v := range p.env {
		if !strings.HasPrefix(v, name+"=") {
			env = append(env, v)
		}
	}
	if value != "(unset)" {
		env = append(env, name+"="+value)
	}
	p.env = env
}
