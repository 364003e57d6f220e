package store_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"confbot/store"
)

func TestAddressesThatNameNoDatabaseAreRefusedWithoutShowingThem(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"", "confbot.db", "sqlite:", "mysql://root:hunter2@db/conf",
		"postgres://conf:hunter2@db/conf", "postgresql://conf:hunter2@db/conf",
	} {
		s, err := store.Open(t.Context(), address)
		if !errors.Is(err, store.ErrURL) {
			_ = s.Close()
			t.Errorf("Open(%q) = %v, want ErrURL", address, err)
			continue
		}
		if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("Open(%q) shows the password: %v", address, err)
		}
	}
}

func TestOpenCreatesTheFileThatWasNamed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "conf bot%20é.db")
	s := open(t, "sqlite:"+path)
	must(t, s.Ping(t.Context()))
	if _, err := os.Stat(path); err != nil {
		t.Fatal(err)
	}
}

func TestAFolderThatIsNotThereIsSaidSo(t *testing.T) {
	t.Parallel()
	_, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "missing", "x.db"))
	if !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("Open = %v, want a missing folder", err)
	}
}

func TestWhatWasWrittenIsThereAfterReopening(t *testing.T) {
	t.Parallel()
	address := fileAddress(t)
	s := open(t, address)
	must(t, s.SetPref(t.Context(), "U1", "words", "yes"))
	must(t, s.Close())

	s = open(t, address)
	got, err := s.Pref(t.Context(), "U1", "words")
	must(t, err)
	if got != "yes" {
		t.Errorf("Pref = %q after reopening, want yes", got)
	}
}

func TestADatabaseOfANewerVersionIsRefusedAndLeftAlone(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.db")
	must(t, open(t, "sqlite:"+path).Close())

	db, err := sql.Open("sqlite", path)
	must(t, err)
	_, err = db.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
	must(t, err)
	must(t, db.Close())

	for range 2 { // the first refusal must not keep the lock
		if _, err := store.Open(t.Context(), "sqlite:"+path); !errors.Is(err, store.ErrNewer) {
			t.Fatalf("Open = %v, want ErrNewer", err)
		}
	}
}

func TestASecondOpenOfTheSameFileIsRefusedUntilTheFirstIsClosed(t *testing.T) {
	t.Parallel()
	address := fileAddress(t)
	first := open(t, address)
	if _, err := store.Open(t.Context(), address); !errors.Is(err, store.ErrInUse) {
		t.Fatalf("second Open = %v, want ErrInUse", err)
	}
	must(t, first.Close())
	open(t, address)
}

func TestAnotherNameForTheSameFileIsRefusedToo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, other := filepath.Join(dir, "x.db"), filepath.Join(dir, "y.db")
	open(t, "sqlite:"+path)
	must(t, os.Symlink(path, other))
	if _, err := store.Open(t.Context(), "sqlite:"+other); !errors.Is(err, store.ErrInUse) {
		t.Fatalf("Open by a link = %v, want ErrInUse", err)
	}
}

func TestASecondProcessIsRefusedAndAKillFreesTheFile(t *testing.T) {
	t.Parallel()
	address := fileAddress(t)
	lines, kill := startChild(t, address)
	if !lines.Scan() {
		t.Fatal("the other process acknowledged nothing")
	}
	if _, err := store.Open(t.Context(), address); !errors.Is(err, store.ErrInUse) {
		t.Fatalf("Open beside another process = %v, want ErrInUse", err)
	}
	kill()
	for lines.Scan() { // its end closes the pipe
	}
	open(t, address)
}

func TestStatementsKeepToWhatBothEnginesKnow(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	must(t, err)
	more, err := filepath.Glob("migrations/*.sql")
	must(t, err)
	if len(files) == 0 || len(more) == 0 {
		t.Fatal("no statements found")
	}
	for _, name := range append(files, more...) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		must(t, err)
		for _, word := range []string{
			"INSERT OR", "REPLACE INTO", "AUTOINCREMENT", "WITHOUT ROWID", "strftime", "datetime(", "unixepoch",
			"json_", "GLOB ", " INTEGER", " BLOB", " BYTEA", " REAL", "IFNULL", "= ?", "(?", " ILIKE ", " SERIAL", "FOR UPDATE",
		} {
			if strings.Contains(string(text), word) {
				t.Errorf("%s uses %q, which only one of SQLite and PostgreSQL knows", name, word)
			}
		}
	}
}
