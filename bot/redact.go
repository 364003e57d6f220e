package bot

import (
	"errors"
	"net/url"
)

// withoutURL takes the address out of an HTTP client's error: response URLs
// and connection tickets let anybody act.
func withoutURL(err error) error {
	if failed, ok := errors.AsType[*url.Error](err); ok {
		return failed.Err
	}
	return err
}
