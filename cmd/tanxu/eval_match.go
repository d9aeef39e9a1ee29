package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tanxu/embeddings"
	"tanxu/eval"
	"tanxu/llm"
	"tanxu/llm/cassette"
	"tanxu/need"
	"tanxu/prompts"
	"tanxu/rag"
)

// matchRun is what eval match is asked for.
type matchRun struct {
	needs, titles, pairs string
	papers               string
	embedders            []string
	rerank, cassette     string
	only, drawn, queries int
	read                 int
	claims               io.Writer // those that are read
	json                 bool
}

// matchFigures are those of one embedder.
type matchFigures struct {
	Embedder string        `json:"embedder"`
	Figures  []eval.Figure `json:"figures"`
}

func newEvalMatch() *cobra.Command {
	var r matchRun
	cmd := &cobra.Command{
		Use: "match", Short: "Rank achievements for needs and compare with graded pairs", Args: cobra.NoArgs,
		Long: "Rank achievements, of which only the title is known, for needs with graded pairs: as shipped, and with the weights\n" +
			"tuned on half of the needs and scored on the other, twenty times. --papers asks known items, papers that are alike,\n" +
			"and 200 match cards of a corpus of papers. --rerank has the judged pairs of --only needs read closely, by the\n" +
			"language model (llm) or by the configured endpoint; answers of the model are kept in --cassette, so that a run which\n" +
			"broke off goes on.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			r.claims = cmd.ErrOrStderr()
			report, err := r.run(cmd.Context(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			return printed(cmd.OutOrStdout(), r.json, report, func(w io.Writer) error {
				for _, e := range report {
					fmt.Fprintln(w, e.Embedder)
					for _, f := range e.Figures {
						fmt.Fprintln(w, " ", f)
					}
				}
				return nil
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&r.needs, "needs", "", "JSONL of {id,title,text}")
	f.StringVar(&r.titles, "titles", "", "JSONL of {id,title_tokens}")
	f.StringVar(&r.pairs, "pairs", "", "JSONL of {need,achievement,level}")
	f.StringVar(&r.papers, "papers", "", "gzipped JSONL of {title,abstract,keywords}")
	f.IntVar(&r.drawn, "drawn", 2000, "papers that are drawn")
	f.IntVar(&r.queries, "queries", 300, "of them, those that are asked for")
	f.StringSliceVar(&r.embedders, "embedders", nil, "bge, static, lexical, auto; empty: as configured")
	f.StringVar(&r.rerank, "rerank", "", "llm or endpoint")
	f.StringVar(&r.cassette, "cassette", "", "folder that keeps the model's answers")
	f.IntVar(&r.only, "only", 0, "with --rerank, this many needs; 0: all")
	f.IntVar(&r.read, "read", 0, "with --papers, print this many claims of the cards to read")
	f.BoolVar(&r.json, "json", false, "print JSON")
	return cmd
}

func (r matchRun) run(ctx context.Context, warn io.Writer) ([]matchFigures, error) {
	cfg, _, err := configured(warn, "warn")
	if err != nil {
		return nil, err
	}
	var data eval.MatchData
	err = withFiles([]string{r.needs, r.titles, r.pairs}, func(f []io.Reader) (err error) {
		data, err = eval.ReadMatchData(f[0], f[1], f[2])
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(r.embedders) == 0 {
		r.embedders = []string{cfg.Embedder}
	}
	var report []matchFigures
	for _, name := range r.embedders {
		cfg.Embedder = name
		e, err := newEmbedder(ctx, cfg)
		id := need.Lexical
		switch {
		case errors.Is(err, errLexical):
		case err != nil:
			return nil, err
		default:
			id = e.Model().ID
		}
		figures, err := r.measure(ctx, cfg, e, data)
		if err != nil {
			return nil, fmt.Errorf("measure %s: %w", id, err)
		}
		report = append(report, matchFigures{id, figures})
	}
	return report, nil
}

// measure asks everything of one embedder; nil: of words alone.
func (r matchRun) measure(ctx context.Context, cfg config, e embeddings.Embedder, data eval.MatchData) ([]eval.Figure, error) {
	pool := make([]rag.Document, len(data.Titles))
	for i, t := range data.Titles {
		pool[i] = rag.Document{ID: t.ID, Title: t.Title}
	}
	ranker, err := rag.NewRanker(ctx, e, pool)
	if err != nil {
		return nil, err
	}
	titles := titlesOf(ranker, pool)
	if r.rerank != "" {
		return r.reranked(ctx, cfg, titles, data)
	}
	figures, err := eval.Match(ctx, titles.rank, data)
	if err != nil {
		return nil, err
	}
	held, err := eval.HeldOut(ctx, titles.legs, data)
	if err != nil {
		return nil, err
	}
	figures = append(figures, held...)
	if e != nil {
		plain, err := eval.Judged(ctx, titles.plain, data)
		if err != nil {
			return nil, err
		}
		plain.Name = "vectors alone"
		figures = append(figures, plain)
	}
	if r.papers == "" {
		return figures, nil
	}
	more, err := r.ofPapers(ctx, cfg, e)
	return append(figures, more...), err
}

// ofPapers asks known items and alike papers, and makes cards for the needs.
func (r matchRun) ofPapers(ctx context.Context, cfg config, e embeddings.Embedder) ([]eval.Figure, error) {
	var papers []eval.Paper
	err := withFiles([]string{r.papers}, func(f []io.Reader) (err error) {
		papers, err = eval.ReadPapers(f[0], r.drawn)
		return err
	})
	if err != nil {
		return nil, err
	}
	figures, err := eval.Papers(ctx, e, papers, r.queries)
	if err != nil {
		return nil, err
	}
	cards, err := r.cards(ctx, cfg, e, papers)
	return append(figures, cards...), err
}

// cards explains 200 matches of the needs, as the rules read them, with papers.
func (r matchRun) cards(ctx context.Context, cfg config, e embeddings.Embedder, papers []eval.Paper) ([]eval.Figure, error) {
	library, documents := make([]need.Achievement, len(papers)), make([]rag.Document, len(papers))
	for i, p := range papers {
		id := fmt.Sprint(i)
		library[i] = need.Achievement{ID: need.AchievementID(id), Title: p.Title, Summary: p.Abstract, Keywords: p.Keywords}
		documents[i] = rag.Document{ID: id, Title: p.Title, Text: p.Abstract}
	}
	ranker, err := rag.NewRanker(ctx, e, documents)
	if err != nil {
		return nil, err
	}
	read, err := newTextReader(cfg, "off", "", nil)
	if err != nil {
		return nil, err
	}
	in, err := os.Open(r.needs)
	if err != nil {
		return nil, fmt.Errorf("open the needs: %w", err)
	}
	defer in.Close()
	var needs []*need.Need
	texts := map[need.ID]text{}
	err = eachLine(in, func(t text) error {
		n, err := read.read(ctx, t, time.Now())
		if err == nil {
			n.ID = need.ID(t.ID)
			needs, texts[n.ID] = append(needs, n), t
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	const wanted = 200
	figures, claims, err := eval.Cards(ctx, needs, func(n *need.Need, ref string) string { return cited(n, texts[n.ID], ref) }, library, ranker, wanted)
	for _, c := range eval.Drawn(claims, r.read) {
		fmt.Fprintf(r.claims, "%s × %s\n  %s\n  需求：%s\n  成果：%s\n", c.Need, c.Achievement, rag.Say(c.Reason, "zh"), c.Reason.Need.Quote, c.Reason.Achievement.Quote)
	}
	return figures, err
}

// cited is the text that a citation of a need read from a text points into.
func cited(n *need.Need, t text, ref string) string {
	switch ref {
	case "text":
		return t.Text
	case "title":
		return t.Title
	}
	key, _ := strings.CutPrefix(ref, "field:")
	if f := n.Fields[need.Key(key)]; f != nil && len(f.Items) > 0 {
		return f.Items[0].Value.Text
	}
	return ""
}

// reranked scores the judged pairs with the best of them read closely.
func (r matchRun) reranked(ctx context.Context, cfg config, titles titleRanks, data eval.MatchData) ([]eval.Figure, error) {
	by, err := r.reranker(cfg)
	if err != nil {
		return nil, err
	}
	if r.only > 0 {
		data.Needs = data.Needs[:min(r.only, len(data.Needs))]
	}
	return eval.Gained(ctx, titles.rank, titles.rerankedBy(by), data)
}

func (r matchRun) reranker(cfg config) (rag.Reranker, error) {
	switch r.rerank {
	case "endpoint":
		by, err := newReranker(cfg)
		if err == nil && by == nil {
			err = errors.New("--rerank endpoint needs TANXU_RERANK_BASE_URL")
		}
		return by, err
	case "llm":
		if _, err := useModel(cfg, "on"); err != nil {
			return nil, err
		}
		endpoint, err := newModel(cfg, nil, nil)
		if err != nil {
			return nil, err
		}
		var model llm.Model = endpoint
		if r.cassette != "" {
			if model, err = cassette.New(model, r.cassette); err != nil {
				return nil, err
			}
		}
		set, err := prompts.Default()
		if err != nil {
			return nil, err
		}
		return rag.NewJudge(model, set), nil
	default:
		return nil, fmt.Errorf("--rerank is llm or endpoint, not %q", r.rerank)
	}
}

// titleRanks ranks titles for needs, in the words of eval.
type titleRanks struct {
	ranker *rag.Ranker
	byID   map[string]rag.Document
}

func titlesOf(r *rag.Ranker, pool []rag.Document) titleRanks {
	t := titleRanks{r, make(map[string]rag.Document, len(pool))}
	for _, d := range pool {
		t.byID[d.ID] = d
	}
	return t
}

// some are the documents with the ids; nil, for all, where ids is.
func (t titleRanks) some(ids []string) []rag.Document {
	var some []rag.Document
	for _, id := range ids {
		some = append(some, t.byID[id])
	}
	return some
}

func asQuery(n eval.MatchNeed) rag.Query { return rag.Query{Title: n.Title, Text: n.Text} }

func (t titleRanks) rank(ctx context.Context, n eval.MatchNeed, ids []string) ([]string, error) {
	list, err := t.ranker.Rank(ctx, asQuery(n), t.some(ids))
	return idsOf(list), err
}

func (t titleRanks) rerankedBy(by rag.Reranker) eval.Rank {
	return func(ctx context.Context, n eval.MatchNeed, ids []string) ([]string, error) {
		list, err := t.ranker.Rerank(ctx, by, asQuery(n), t.some(ids))
		return idsOf(list), err
	}
}

func (t titleRanks) legs(ctx context.Context, n eval.MatchNeed, ids []string) ([]rag.Legs, error) {
	legs, _, err := t.ranker.Legs(ctx, asQuery(n), t.some(ids))
	return legs, err
}

// plain is what a search by vectors and nothing else gives.
func (t titleRanks) plain(ctx context.Context, n eval.MatchNeed, ids []string) ([]string, error) {
	list, err := t.ranker.By(ctx, &rag.Weights{Dense: 1}, asQuery(n), t.some(ids))
	return idsOf(list), err
}

func idsOf(list []rag.Scored) []string {
	order := make([]string, len(list))
	for i, d := range list {
		order[i] = d.ID
	}
	return order
}
