package bot

import "crypto/rand"

// refLetters have no two that are mistaken for each other when read out.
const refLetters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

// newRef returns a reference that a person can read out and an operator finds
// in the log.
func newRef() string {
	const size = 5
	ref := make([]byte, 0, size)
	var random [16]byte
	for len(ref) < size {
		_, _ = rand.Read(random[:]) // never fails, see crypto/rand
		for _, b := range random {
			// Bytes past the last whole round would favour the first letters.
			if n := len(refLetters); int(b) < 256/n*n && len(ref) < size {
				ref = append(ref, refLetters[int(b)%n])
			}
		}
	}
	return string(ref)
}

// newOwner returns a name for this process, for leases.
func newOwner() string { return rand.Text() }
