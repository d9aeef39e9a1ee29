package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"

	"tanxu/need"
)

// comparable is up to how many achievements a search compares all of them: the
// index would miss rows behind a narrow scope, and a walk that has to pass over
// nearly all of a large library is slower there.
const comparable = 10_000

// LexemeStats says how common the lexemes are in all that the scope may read.
func (s *Store) LexemeStats(ctx context.Context, scope need.Scope, lexemes []string) (need.LexemeStats, error) {
	stats := need.LexemeStats{Frequency: make(map[string]int, len(lexemes))}
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT lexeme, sum(documents)::int, sum(words)::float8 FROM lexeme_stats
			WHERE lexeme = ANY ($1) GROUP BY lexeme`, append(texts(lexemes), ""))
		if err != nil {
			return fmt.Errorf("read the frequency of words: %w", err)
		}
		var lexeme string
		var documents int
		var words float64
		_, err = pgx.ForEachRow(rows, []any{&lexeme, &documents, &words}, func() error {
			if lexeme == "" {
				stats.Documents, stats.MeanWords = documents, words/float64(max(documents, 1))
				return nil
			}
			stats.Frequency[lexeme] = documents
			return nil
		})
		return err
	})
	return stats, err
}

// AchievementsByLexemes returns achievements that hold any of the lexemes, at
// most limit of them, those with more of them first.
func (s *Store) AchievementsByLexemes(ctx context.Context, scope need.Scope, lexemes []string, limit int) ([]need.Achievement, error) {
	var list []need.Achievement
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			WITH hits AS MATERIALIZED (
				SELECT id, count(*) AS lexemes FROM lexeme_stats, unnest(achievements) id
				WHERE lexeme = ANY ($1) GROUP BY id ORDER BY lexemes DESC, id LIMIT $2
			)
			SELECT `+achievementColumns+` FROM hits JOIN achievements a USING (id) ORDER BY hits.lexemes DESC, a.id`,
			texts(lexemes), limit)
		if err != nil {
			return fmt.Errorf("search achievements by words: %w", err)
		}
		list, err = pgx.CollectRows(rows, scanAchievement)
		return err
	})
	return list, err
}

// NearestAchievements returns scores, the mean inner product over the fields,
// of the q.Limit nearest achievements and of those in q.Also, by id.
func (s *Store) NearestAchievements(ctx context.Context, scope need.Scope, q need.Nearest) (map[need.AchievementID]float64, error) {
	scores := map[need.AchievementID]float64{}
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		b := &pgx.Batch{} // one message: a walk takes no longer than a round trip
		sql := nearestOfAll
		if q.Total > comparable {
			sql = nearestByIndex
			b.Queue(searchByIndex)
		}
		var id need.AchievementID
		var score float64
		b.Queue(strings.ReplaceAll(sql, "DIMS", fmt.Sprint(q.Model.Dims)), pgx.NamedArgs{
			"path": string(scope.Path), "end": string(scope.Path) + "\U0010FFFF", "above": above(scope.Path),
			"kind": "achievement", "q": pgvector.NewHalfVector(q.Vector), "model": q.Model.ID, "limit": q.Limit, "also": plain(q.Also),
		}).Query(func(rows pgx.Rows) error {
			_, err := pgx.ForEachRow(rows, []any{&id, &score}, func() error {
				scores[id] = score
				return nil
			})
			return err
		})
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return fmt.Errorf("search achievements by vector: %w", err)
		}
		return nil
	})
	return scores, err
}

// above are the centres that share with one.
func above(path need.CentrePath) []string {
	list := []string{}
	for i, r := range path {
		if r == '/' && i < len(path)-1 {
			list = append(list, string(path[:i+1]))
		}
	}
	return list
}

// nearestOfAll compares every vector of a kind that the scope may read. Row level
// security decides what that is; where it lies is said again, in words that an
// index answers.
const nearestOfAll = `
	WITH scored AS MATERIALIZED (
		SELECT object_id, avg(-((embedding::halfvec(DIMS)) <#> @q::halfvec(DIMS))) AS score
		FROM vectors WHERE object_kind = @kind AND model_id = @model
			AND (centre_path >= @path AND centre_path < @end OR centre_path = ANY (@above))
		GROUP BY object_id
	)
	(SELECT object_id, score FROM scored ORDER BY score DESC, object_id LIMIT @limit)
	UNION
	SELECT object_id, score FROM scored WHERE object_id = ANY (@also::uuid[])`

// searchByIndex makes the walk over the index the only plan, whatever the
// statistics say, and lets it go on until enough rows pass the scope. Relaxed
// order is enough: what is found is scored and sorted again. 200 in sight find .99
// of the ten nearest among 1,000,000 vectors of texts.
const searchByIndex = `
	SELECT set_config('enable_sort', 'off', true), set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('hnsw.ef_search', '200', true)`

// nearestByIndex walks the model's index, once for both fields, and scores
// what it found exactly; more than is asked for, since a relaxed walk within a
// narrow scope misses some. The expression and the condition are those of the
// index, which use_model made.
const nearestByIndex = `
	WITH near AS MATERIALIZED (
		SELECT object_id FROM vectors WHERE model_id = @model AND object_kind = 'achievement'
		ORDER BY (embedding::halfvec(DIMS)) <#> @q::halfvec(DIMS) LIMIT greatest(2 * @limit, 50)
	), wanted AS (
		SELECT object_id FROM near UNION SELECT unnest(@also::uuid[])
	)
	SELECT v.object_id, avg(-((v.embedding::halfvec(DIMS)) <#> @q::halfvec(DIMS))) AS score
	FROM vectors v JOIN wanted USING (object_id)
	WHERE v.object_kind = 'achievement' AND v.model_id = @model
	GROUP BY v.object_id`
