package pgtest_test

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"tanxu/internal/pgtest"
)

// protected lists the tables that have a centre_path.
func protected(t *testing.T, conn *pgx.Conn) []string {
	t.Helper()
	rows, err := conn.Query(t.Context(), `
		SELECT c.oid::regclass::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE a.attname = 'centre_path' AND NOT a.attisdropped AND c.relkind IN ('r', 'p') ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	if len(tables) < 10 {
		t.Fatalf("only %d tables have a centre_path: %v", len(tables), tables)
	}
	return tables
}

// sharedDownwards lists what the centres below may read too, because a centre
// publishes it, and the condition under which they may. Whoever adds a table
// here opens it.
func sharedDownwards() map[string]string {
	return map[string]string{
		"achievements":     "(shared AND shared_above(centre_path))",
		"experts":          "(shared AND shared_above(centre_path))",
		"finance_products": "(shared AND shared_above(centre_path))",
		"providers":        "(shared AND shared_above(centre_path))",
		"organisations":    "(shared AND shared_above(centre_path))",
		"vectors":          "(shared AND shared_above(centre_path))",
		"lexeme_stats":     "(shared AND shared_above(centre_path))", // which words stand in them
		"library_prints":   "(shared AND shared_above(centre_path))", // which numbers they have
		"library_tokens":   "(shared AND shared_above(centre_path))", // which characters stand in them
	}
}

// sharedOnWord reports whether rows of a table are not shared unless they say so.
func sharedOnWord(table string) bool {
	return table == "vectors" || table == "library_prints" || table == "library_tokens"
}

func TestEachTableOfACentreIsProtected(t *testing.T) {
	t.Parallel()

	conn := connect(t, pgtest.DB(t))
	for _, table := range protected(t, conn) {
		var enabled, forced bool
		if err := conn.QueryRow(t.Context(), `SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = $1::regclass`,
			table).Scan(&enabled, &forced); err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		if !enabled || !forced {
			t.Errorf("%s: row level security enabled %t, forced %t", table, enabled, forced)
		}
		want := map[string]string{"scope *": "in_scope(centre_path) / in_scope(centre_path)"}
		if condition, ok := sharedDownwards()[table]; ok {
			want["shared r"] = condition + " / -"
		}
		if got := policies(t, conn, table); !maps.Equal(got, want) {
			t.Errorf("%s: policies %v, want %v", table, got, want)
		}
	}
}

// policies returns a table's rules: name and command, what they read / write.
func policies(t *testing.T, conn *pgx.Conn, table string) map[string]string {
	t.Helper()
	rows, err := conn.Query(t.Context(), `
		SELECT polname || ' ' || polcmd::text || CASE WHEN polpermissive THEN '' ELSE ' restrictive' END,
		       coalesce(pg_get_expr(polqual, polrelid), '-') || ' / ' || coalesce(pg_get_expr(polwithcheck, polrelid), '-')
		FROM pg_policy WHERE polrelid = $1::regclass`, table)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	var name, rule string
	if _, err := pgx.ForEachRow(rows, []any{&name, &rule}, func() error { found[name] = rule; return nil }); err != nil {
		t.Fatal(err)
	}
	return found
}

// TestNothingGoesRoundTheRule: a view reads with its owner's rights, and a
// SECURITY DEFINER function works with them. use_model makes
// an index and reads no rows of a centre.
func TestNothingGoesRoundTheRule(t *testing.T) {
	t.Parallel()

	conn := connect(t, pgtest.DB(t))
	rows, err := conn.Query(t.Context(), `
		SELECT 'view ' || oid::regclass::text FROM pg_class
		WHERE relnamespace = 'public'::regnamespace AND (relkind = 'm' OR relkind = 'v' AND NOT coalesce(reloptions @> '{security_invoker=true}', false))
		UNION ALL
		SELECT 'function ' || p.oid::regprocedure::text FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND prosecdef AND proname <> 'use_model'
		UNION ALL
		SELECT 'role ' || rolname::text FROM pg_roles WHERE rolname LIKE 'tanxu\_%' AND (rolsuper OR rolbypassrls)`)
	if err != nil {
		t.Fatal(err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range found {
		t.Errorf("%s goes round row level security", name)
	}
}

// seed fills every protected table with a row of one centre. Rows are made by
// the catalogue, so that a table added later is tested from its first day:
// each column without a default gets a value of its type, unless it is listed.
const seed = `
CREATE FUNCTION pg_temp.seed(path text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE t record; cols text; vals text;
BEGIN
    SET LOCAL session_replication_role = replica;  -- no foreign keys: each table stands alone
    FOR t IN SELECT c.oid FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
             WHERE a.attname = 'centre_path' AND c.relkind = 'r' AND c.relname <> 'centres' LOOP
        SELECT string_agg(quote_ident(a.attname), ','), string_agg(
            CASE WHEN a.attname = 'centre_path' THEN quote_literal(path)
                 WHEN k.choice IS NOT NULL THEN quote_literal(k.choice)
                 ELSE CASE format_type(a.atttypid, NULL)
                     WHEN 'uuid' THEN 'gen_random_uuid()'
                     WHEN 'text' THEN quote_literal('x' || replace(path, '/', '')) 
                     WHEN 'text[]' THEN '''{}''' WHEN 'integer[]' THEN '''{}''' WHEN 'jsonb' THEN '''{}''' WHEN 'bytea' THEN quote_literal(path) || '::bytea'
                     WHEN 'halfvec' THEN '''[1]''' WHEN 'timestamp with time zone' THEN 'now()' WHEN 'date' THEN 'now()'
                     WHEN 'boolean' THEN 'false' WHEN 'tsvector' THEN '''''' ELSE '1' END
            END, ',')
        INTO cols, vals
        FROM pg_attribute a
        LEFT JOIN LATERAL (
            SELECT (regexp_match(pg_get_constraintdef(con.oid), '''([^'']+)''::text'))[1] AS choice FROM pg_constraint con
            WHERE con.conrelid = a.attrelid AND con.contype = 'c' AND con.conkey = ARRAY[a.attnum]
              AND pg_get_constraintdef(con.oid) LIKE '%ANY (ARRAY%' LIMIT 1) k ON true
        WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attidentity = '' AND a.attgenerated = ''
          AND a.attnotnull AND NOT a.atthasdef;
        EXECUTE format('INSERT INTO %s (%s) VALUES (%s)', t.oid::regclass, cols, vals);
    END LOOP;
END $$`

// asApp runs do as the service, in the scope of path; "" sets none.
func asApp(t *testing.T, conn *pgx.Conn, path string, do func(pgx.Tx)) {
	t.Helper()
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(t.Context())
	if _, err := tx.Exec(t.Context(), "SET LOCAL ROLE tanxu_app"); err != nil {
		t.Fatal(err)
	}
	if path != "" {
		if _, err := tx.Exec(t.Context(), "SELECT set_config('app.path', $1, true)", path); err != nil {
			t.Fatal(err)
		}
	}
	do(tx)
}

func TestAScopeReadsItsCentreAndThoseBelow(t *testing.T) {
	t.Parallel()

	conn := connect(t, pgtest.DB(t))
	for _, sql := range []string{
		`INSERT INTO centres (centre_path, kind, name_zh, name_en) VALUES
		 ('jx/', 'province', '江西省中心', 'Jiangxi'), ('jx/gz/', 'city', '赣州中心', 'Ganzhou'), ('jx/gz2/', 'city', '赣州二部', 'Ganzhou 2')`,
		seed, `SELECT pg_temp.seed('jx/gz/')`,
	} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	// What the connection's last transaction leaves behind must not count as a scope.
	asApp(t, conn, "jx/", func(pgx.Tx) {})

	for _, table := range protected(t, conn) {
		own := map[string]int{"": 0, "jx/": 1, "jx/gz/": 1, "jx/gz2/": 0, "hn/": 0, "jx/gz/a/": 0}
		if table == "centres" {
			own["jx/"], own["jx/gz2/"] = 3, 1
		}
		if _, ok := sharedDownwards()[table]; ok && !sharedOnWord(table) {
			own["jx/gz/a/"] = 1
		}
		for path, want := range own {
			asApp(t, conn, path, func(tx pgx.Tx) {
				var got int
				if err := tx.QueryRow(t.Context(), "SELECT count(*) FROM "+table).Scan(&got); err != nil {
					t.Fatalf("%s: %v", table, err)
				}
				if got != want {
					t.Errorf("scope %q reads %d rows of %s, want %d", path, got, table, want)
				}
			})
		}
	}
}

func TestWhatIsNotSharedStaysInItsCentre(t *testing.T) {
	t.Parallel()

	conn := connect(t, pgtest.DB(t))
	for _, sql := range []string{
		`INSERT INTO centres (centre_path, kind, name_zh, name_en) VALUES ('jx/', 'province', '江西省中心', 'Jiangxi')`,
		seed, `SELECT pg_temp.seed('jx/')`, `UPDATE achievements SET shared = false`,
	} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	asApp(t, conn, "jx/gz/", func(tx pgx.Tx) {
		var achievements, experts int
		err := tx.QueryRow(t.Context(), `SELECT (SELECT count(*) FROM achievements), (SELECT count(*) FROM experts)`).Scan(&achievements, &experts)
		if err != nil || achievements != 0 || experts != 1 {
			t.Errorf("a city reads %d achievements and %d experts of its province, %v; want 0 and 1", achievements, experts, err)
		}
		for _, sql := range []string{`UPDATE experts SET name = 'x'`, `DELETE FROM experts`} {
			tag, err := tx.Exec(t.Context(), sql)
			if err != nil || tag.RowsAffected() != 0 {
				t.Errorf("%s in a city changes %d rows of its province, %v", sql, tag.RowsAffected(), err)
			}
		}
	})
}

func TestNobodyWritesOutsideTheScope(t *testing.T) {
	t.Parallel()

	conn := connect(t, pgtest.DB(t))
	if _, err := conn.Exec(t.Context(), `INSERT INTO centres (centre_path, kind, name_zh, name_en)
		VALUES ('jx/gz/', 'city', '赣州中心', 'Ganzhou')`); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), seed); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), `SELECT pg_temp.seed('jx/gz/')`); err != nil {
		t.Fatal(err)
	}
	for _, table := range protected(t, conn) {
		for _, path := range []string{"", "jx/nc/"} {
			asApp(t, conn, path, func(tx pgx.Tx) {
				_, err := tx.Exec(t.Context(), "INSERT INTO "+table+" (centre_path) VALUES ('jx/gz/')")
				refused, ok := errors.AsType[*pgconn.PgError](err)
				if !ok || refused.Code != "42501" || !strings.Contains(refused.Message, "row-level security") {
					t.Errorf("scope %q inserts into %s: %v, want a refusal", path, table, err)
				}
			})
		}
	}
	for _, verb := range []string{"UPDATE events SET kind = 'x'", "DELETE FROM events"} {
		asApp(t, conn, "jx/gz/", func(tx pgx.Tx) {
			if _, err := tx.Exec(t.Context(), verb); err == nil {
				t.Errorf("%s: the log of events is append-only", verb)
			}
		})
	}
}
