package blockkit

// surfaces is a set of Surface.
type surfaces uint8

const (
	onMessage surfaces = 1 << iota
	onModal
	onHome
	nowhere // described, but no app may send it

	anywhere = onMessage | onModal | onHome
)

// set is the surface alone; an unknown one is a set of none.
func (s Surface) set() surfaces {
	switch s {
	case Message:
		return onMessage
	case Modal:
		return onModal
	case Home:
		return onHome
	default:
		return 0
	}
}

// A place is what a value cannot see of itself.
type place struct {
	on      surfaces // one, or several where the caller does not know
	inInput bool     // below an input block
	boxes   int      // containers and layouts round it
}

func intoInput(p place) place { p.inInput = true; return p }
func intoBox(p place) place   { p.boxes++; return p }

func inModalInput(p place) bool { return p.inInput && p.on&onModal != 0 }
