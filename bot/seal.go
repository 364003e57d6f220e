package bot

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
)

// sealer encrypts what people typed while it waits in the journal: it may
// hold PINs. The key comes from the app-level token, so a copy of the
// database alone tells nothing.
type sealer struct{ aead cipher.AEAD }

func newSealer(token string) (sealer, error) {
	key, err := hkdf.Key(sha256.New, []byte(token), nil, "confbot journal 1", 32)
	if err != nil {
		return sealer{}, fmt.Errorf("derive the journal's key: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return sealer{}, fmt.Errorf("make the journal's cipher: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return sealer{}, fmt.Errorf("make the journal's cipher: %w", err)
	}
	return sealer{aead}, nil
}

// seal encrypts; only an entry with the same name opens it again.
func (s sealer) seal(name string, plain []byte) []byte {
	return s.aead.Seal(nil, nil, plain, []byte(name))
}

func (s sealer) open(name string, sealed []byte) ([]byte, error) {
	plain, err := s.aead.Open(nil, nil, sealed, []byte(name))
	if err != nil {
		return nil, fmt.Errorf("open a journal entry (was the app-level token changed?): %w", err)
	}
	return plain, nil
}
