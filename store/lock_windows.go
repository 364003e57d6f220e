package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
)

// sharingViolation is what Windows answers when another process has a file
// open that it does not share (ERROR_SHARING_VIOLATION).
const sharingViolation = syscall.Errno(32)

// lockFile keeps other processes away by having the file open unshared. The
// system closes it however the process ends.
func lockFile(path string) (io.Closer, error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, fmt.Errorf("cannot lock the database: %w", err)
	}
	handle, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil,
		syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	switch {
	case errors.Is(err, sharingViolation):
		return nil, fmt.Errorf("%w: stop it first; SQLite is for one process", ErrInUse)
	case err != nil:
		return nil, fmt.Errorf("cannot write next to the database (is the directory there, and writable?): %w", err)
	}
	return os.NewFile(uintptr(handle), path), nil
}
