package slack

import (
	"net/http"
	"testing"

	"go.uber.org/goleak"
)

// TestMain fails the package when a stopped sandbox has left a goroutine behind.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.Cleanup(func(int) { http.DefaultClient.CloseIdleConnections() }))
}
