package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the tables up to date. A database that a newer confbot has
// changed is refused: what this one would write could be wrong there.
func migrate(ctx context.Context, dialect goose.Dialect, db *sql.DB) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return fmt.Errorf("store: migrations: %w", err)
	}
	provider, err := goose.NewProvider(dialect, db, dir, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("store: migrations: %w", err)
	}
	have, want, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("store: read the database's version: %w", err)
	}
	if have > want {
		return fmt.Errorf("%w: it has version %d and this confbot knows %d: run the newer confbot, or restore a copy from before the upgrade",
			ErrNewer, have, want)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("store: bring the database up to date: %w", err)
	}
	return nil
}
