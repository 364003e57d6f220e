package blocks

import "testing"

// BenchmarkPanel draws the panel of 300 callers: as often as somebody joins
// or leaves, for every panel there is.
func BenchmarkPanel(b *testing.B) {
	d := PanelData{Line: aLine(300)}
	for b.Loop() {
		Panel(d)
	}
}
