package pgtest_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"tanxu/internal/pgtest"
	"tanxu/need"
	"tanxu/postgres"
)

// connect opens a connection that ends with the test.
func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(t.Context()) })
	return conn
}

func TestDatabasesAreSeparate(t *testing.T) {
	t.Parallel()

	const insert = `INSERT INTO centres (centre_path, kind, name_zh, name_en) VALUES ('jx/', 'province', '江西省中心', 'Jiangxi')`
	for i := range 4 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel() // the first ones build the template together

			if _, err := connect(t, pgtest.DB(t)).Exec(t.Context(), insert); err != nil {
				t.Errorf("insert into a fresh database: %v", err)
			}
		})
	}
}

func TestDatabaseHasTheNewestSchema(t *testing.T) {
	t.Parallel()

	url := pgtest.DB(t)
	have, want, err := postgres.SchemaVersion(t.Context(), url)
	if err != nil || have != want || want == 0 {
		t.Errorf("SchemaVersion() = %d, %d, %v, want the same number twice", have, want, err)
	}
	if err := postgres.Migrate(t.Context(), url); err != nil {
		t.Errorf("Migrate() again = %v, want nothing to do", err)
	}
}

func TestMigrateRefusesANewerSchema(t *testing.T) {
	t.Parallel()

	url := pgtest.DB(t)
	if _, err := connect(t, url).Exec(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)`); err != nil {
		t.Fatal(err)
	}
	err := postgres.Migrate(t.Context(), url)
	if need.KindOf(err) != need.Conflict || need.CodeOf(err) != "schema_newer" {
		t.Errorf("Migrate() = %v, want a Conflict", err)
	}
}

func TestReplicasMigrateTogether(t *testing.T) {
	t.Parallel()

	url := pgtest.DB(t)
	admin := connect(t, url)
	if _, err := admin.Exec(t.Context(), `DROP SCHEMA public CASCADE; CREATE SCHEMA public`); err != nil {
		t.Fatal(err)
	}
	if have, _, err := postgres.SchemaVersion(t.Context(), url); have != 0 || err != nil {
		t.Errorf("SchemaVersion() of an empty database = %d, %v", have, err)
	}
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			if err := postgres.Migrate(t.Context(), url); err != nil {
				t.Errorf("Migrate(): %v", err)
			}
		})
	}
	all.Wait()
	if have, want, err := postgres.SchemaVersion(t.Context(), url); have != want || err != nil {
		t.Errorf("SchemaVersion() = %d, %d, %v", have, want, err)
	}
}

func TestRolesMayUseTheQueue(t *testing.T) {
	t.Parallel()

	conn := connect(t, pgtest.DB(t))
	for _, role := range []string{"tanxu_app", "tanxu_jobs"} {
		for _, privilege := range []string{"SELECT", "INSERT", "UPDATE"} {
			var may bool
			if err := conn.QueryRow(t.Context(), `SELECT has_table_privilege($1, 'river_job', $2)`, role, privilege).Scan(&may); err != nil || !may {
				t.Errorf("%s may %s river_job: %t, %v", role, privilege, may, err)
			}
		}
		var may bool
		if err := conn.QueryRow(t.Context(), `SELECT has_table_privilege($1, 'river_migration', 'INSERT')`, role).Scan(&may); err != nil || may {
			t.Errorf("%s may change river_migration: %t, %v", role, may, err)
		}
	}
}
