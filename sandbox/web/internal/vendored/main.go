// Command vendored re-creates sandbox/web/static/vendor: the page's only
// third-party files. From the repository's root:
//
//	go run ./sandbox/web/internal/vendored
//
// It needs npm and the npm registry; building and testing confbot needs
// neither. Packages are pinned by version and by the sha512 npm publishes for
// them, so a second run writes the same bytes. To upgrade, change a line of
// packages and run it again.
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A pkg is one npm package and what is kept of it. Files go into one flat
// directory: Go leaves directories below one called "vendor" out of a module.
type pkg struct {
	spec, tarball string // as npm names them
	sha512        string // base64, npm's dist.integrity without its prefix
	keep          map[string]string
	make          map[string]convert
}

// A convert turns a package's file into the one that is kept.
type convert struct {
	from string
	by   func([]byte) ([]byte, error)
}

func packages() []pkg {
	return []pkg{
		{
			spec: "htm@3.1.1", tarball: "htm-3.1.1.tgz",
			sha512: "983Vyg8NwUE7JkZ6NmOqpCZ+sh1bKv2iYTlUkzlWmA5JD2acKoxd4KVxbMmxX/85mtfdnDmTFoNKcg5DGAvxNQ==",
			keep: map[string]string{
				"htm-preact.js":   "preact/standalone.module.js",
				"htm.LICENSE.txt": "LICENSE",
			},
		},
		{
			// Compiled into htm's standalone module; only its licence is wanted.
			spec: "preact@10.7.1", tarball: "preact-10.7.1.tgz",
			sha512: "MufnRFz39aIhs9AMFisonjzTud1PK1bY+jcJLo6m2T9Uh8AqjD77w11eAAawmjUogoGOnipECq7e/1RClIKsxg==",
			keep:   map[string]string{"preact.LICENSE.txt": "LICENSE"},
		},
		{
			spec: "emoji-datasource@16.0.0", tarball: "emoji-datasource-16.0.0.tgz",
			sha512: "/qHKqK5Nr3+8zhgO6kHmF43Fm5C8HNn0AaFRIpgw8HF3+uF0Vfc8jgLI1ZQS5ba1vBzksS8NBCjHejwLb2D/Sg==",
			keep:   map[string]string{"emoji.LICENSE.txt": "LICENSE"},
			make:   map[string]convert{"emoji.json": {"emoji.json", emojiNames}},
		},
	}
}

func main() {
	dir := flag.String("dir", "sandbox/web/static/vendor", "where to write")
	flag.Parse()
	if err := run(context.Background(), *dir); err != nil {
		fmt.Fprintln(os.Stderr, "vendored:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dir string) error {
	files := make(map[string][]byte)
	for _, p := range packages() {
		if err := p.collect(ctx, files); err != nil {
			return fmt.Errorf("%s: %w", p.spec, err)
		}
	}
	files[sumsFile] = sums(files)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// collect downloads the package and adds what is kept of it to files.
func (p pkg) collect(ctx context.Context, files map[string][]byte) error {
	tmp, err := os.MkdirTemp("", "vendored")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	cmd := exec.CommandContext(ctx, "npm", "pack", "--silent", p.spec)
	cmd.Dir = tmp
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("npm pack: %w: %s", err, out)
	}
	tarball, err := os.ReadFile(filepath.Join(tmp, p.tarball))
	if err != nil {
		return err
	}
	if sum := sha512.Sum512(tarball); base64.StdEncoding.EncodeToString(sum[:]) != p.sha512 {
		return errors.New("the registry's package is not the pinned one")
	}
	content, err := untar(tarball)
	if err != nil {
		return err
	}
	for name, from := range p.keep {
		files[name] = content[from]
	}
	for name, c := range p.make {
		if files[name], err = c.by(content[c.from]); err != nil {
			return fmt.Errorf("%s: %w", c.from, err)
		}
	}
	for name, data := range files {
		if len(data) == 0 {
			return fmt.Errorf("nothing found for %s", name)
		}
	}
	return nil
}

// untar reads an npm tarball's text files, named without the leading "package/".
func untar(tarball []byte) (map[string][]byte, error) {
	plain, err := gzip.NewReader(bytes.NewReader(tarball))
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte)
	for r := tar.NewReader(plain); ; {
		head, err := r.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		if strings.HasSuffix(head.Name, ".png") {
			continue
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		files[strings.TrimPrefix(head.Name, "package/")] = data
	}
}

const sumsFile = "SHA256SUMS.txt"

// sums is the text that `sha256sum --check` reads.
func sums(files map[string][]byte) []byte {
	var b bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(files[name]), name)
	}
	return b.Bytes()
}
