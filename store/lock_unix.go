//go:build unix

package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// lockFile keeps other processes away for as long as this one lives and the
// file is open. The system frees the lock however the process ends; the file
// itself stays, because removing it would let two processes hold two locks.
func lockFile(path string) (io.Closer, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("cannot write next to the database (is the directory there, and writable?): %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil { //nolint:gosec // a descriptor fits
		defer func() { _ = f.Close() }()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("%w%s: stop it first; SQLite is for one process", ErrInUse, holder(f))
		}
		return nil, fmt.Errorf("cannot lock the database: %w", err)
	}
	// Only for people who wonder who holds the lock.
	_ = f.Truncate(0)
	_, _ = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return fileLock{f}, nil
}

type fileLock struct{ f *os.File }

// Close frees the lock itself and not only this descriptor: a process that is
// just being started has a copy of it for a moment.
func (l fileLock) Close() error {
	return errors.Join(syscall.Flock(int(l.f.Fd()), syscall.LOCK_UN), l.f.Close()) //nolint:gosec // a descriptor fits
}

// holder says which process has the lock, if it can be read.
func holder(f *os.File) string {
	var text [20]byte
	n, _ := f.ReadAt(text[:], 0)
	pid, err := strconv.Atoi(strings.TrimSpace(string(text[:n])))
	if err != nil {
		return ""
	}
	return fmt.Sprintf(" (process %d)", pid)
}
