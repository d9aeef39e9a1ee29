package pgtest_test

import (
	"database/sql"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"tanxu/internal/pgtest"
	"tanxu/migrations"
)

// TestMigrationsGoDownAndUpAgain: with a row in each table, each migration is
// taken back and made again, one by one and then all of them.
func TestMigrationsGoDownAndUpAgain(t *testing.T) {
	t.Parallel()

	url := pgtest.DB(t)
	conn := connect(t, url)
	fill := func() {
		t.Helper()
		for _, sql := range []string{
			`INSERT INTO centres (centre_path, kind, name_zh, name_en) VALUES ('jx/', 'province', '江西省中心', 'Jiangxi')
			 ON CONFLICT DO NOTHING`,
			`DROP FUNCTION IF EXISTS pg_temp.seed(text)`, seed, `SELECT pg_temp.seed('jx/')`,
			// Foreign keys that a migration takes back must find what they point to.
			`UPDATE cases SET library = 'achievements', entry_id = (SELECT id FROM achievements LIMIT 1), need_id = (SELECT id FROM needs LIMIT 1)`,
			`UPDATE judgements SET library = 'achievements', entry_id = (SELECT id FROM achievements LIMIT 1), need_id = (SELECT id FROM needs LIMIT 1)`,
		} {
			if _, err := conn.Exec(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
		}
	}
	fill()
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	p, err := goose.NewProvider(goose.DialectPostgres, db, migrations.FS)
	if err != nil {
		t.Fatal(err)
	}
	sources := p.ListSources()
	for i := len(sources) - 1; i >= 0; i-- {
		if _, err := p.Down(t.Context()); err != nil {
			t.Fatalf("down from %s: %v", sources[i].Path, err)
		}
		if i == 0 {
			break
		}
		if _, err := p.UpByOne(t.Context()); err != nil {
			t.Fatalf("up again to %s: %v", sources[i].Path, err)
		}
		if _, err := p.Down(t.Context()); err != nil {
			t.Fatalf("down again from %s: %v", sources[i].Path, err)
		}
	}
	if _, err := p.Up(t.Context()); err != nil {
		t.Fatalf("up again: %v", err)
	}
	if _, err := conn.Exec(t.Context(), `DISCARD ALL`); err != nil { // plans of tables that are gone
		t.Fatal(err)
	}
	fill()
}
