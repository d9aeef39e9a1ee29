package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"tanxu/eval"
	"tanxu/extract"
	"tanxu/interview"
	"tanxu/interview/guide"
	"tanxu/need"
	"tanxu/rag"
)

func newEval() *cobra.Command {
	cmd := &cobra.Command{Use: "eval", Short: "Score the service against labelled data"}
	cmd.AddCommand(newEvalExtract(), newEvalInterview(), newEvalMatch())
	return cmd
}

// printed writes a report as JSON or by its own table.
func printed(w io.Writer, asJSON bool, report any, table func(io.Writer) error) error {
	if !asJSON {
		return table(w)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(report); err != nil {
		return fmt.Errorf("encode the report: %w", err)
	}
	return nil
}

func newEvalExtract() *cobra.Command {
	var texts, gold, mode, records string
	var asJSON bool
	cmd := &cobra.Command{
		Use: "extract", Short: "Read texts and compare with what people marked in them", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, _, err := configured(cmd.ErrOrStderr(), "warn")
			if err != nil {
				return err
			}
			var failed error
			r, err := newReader(cfg, mode, func(id string, err error) { failed = fmt.Errorf("text %s: %w", id, err) })
			if err != nil {
				return err
			}
			read := func(t eval.Text) *need.Need {
				n, err := r.texts.read(cmd.Context(), text{ID: t.ID, Title: t.Title, Text: t.Text}, r.now)
				failed = errors.Join(failed, err)
				return n
			}
			paths := []string{gold, texts}
			if records != "" {
				paths = append(paths, records)
			}
			var report eval.Report
			err = withFiles(paths, func(f []io.Reader) (err error) {
				if records != "" {
					if read, err = eval.Records(f[2]); err != nil {
						return err
					}
				}
				report, err = eval.Extract(cmd.Context(), read, f[0], f[1])
				return err
			})
			if err = errors.Join(err, failed); err != nil {
				return err
			}
			return printed(cmd.OutOrStdout(), asJSON, report, report.Print)
		},
	}
	cmd.Flags().StringVar(&texts, "texts", "", "JSONL of {id,title,text}")
	cmd.Flags().StringVar(&gold, "gold", "", "JSONL of what they hold")
	cmd.Flags().StringVar(&records, "records", "", "JSONL of tanxu.need/1 to score in place of what is read here")
	cmd.Flags().StringVar(&mode, "llm", "off", "on, off or auto")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func withFiles(paths []string, do func([]io.Reader) error) error {
	readers := make([]io.Reader, len(paths))
	for i, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return fmt.Errorf("open the data: %w", err)
		}
		defer f.Close()
		readers[i] = f
	}
	return do(readers)
}

func newEvalInterview() *cobra.Command {
	var o interviewRun
	var personas, transcripts string
	var only []string
	var parallel, seeds int
	var asJSON, form bool
	cmd := &cobra.Command{
		Use: "interview", Short: "Have simulated contacts interviewed and score what comes out", Args: cobra.NoArgs,
		Long: "Have the contacts of a file of personas interviewed, by the engine in this process or, with --base, by a\n" +
			"running service over its chat API, and score the records against what the personas know.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			body, err := os.ReadFile(personas)
			if err != nil {
				return fmt.Errorf("read the personas: %w", err)
			}
			people, err := eval.ReadPersonas(body)
			if err != nil {
				return err
			}
			people = slices.DeleteFunc(people, func(p eval.Persona) bool { return len(only) > 0 && !slices.Contains(only, p.ID) })
			cfg, _, err := configured(cmd.ErrOrStderr(), "warn")
			if err != nil {
				return err
			}
			chat, cost, err := o.chats(cfg)
			if err != nil {
				return err
			}
			runs, err := interviewSeeds(cmd.Context(), people, seeds, chat, parallel)
			if err != nil {
				return err
			}
			sessions := runs[0]
			if err := keepSessions(transcripts, sessions); err != nil {
				return err
			}
			report := eval.InterviewReportOf(sessions)
			if seeds > 1 {
				report.Figures = append(report.Figures, eval.AllOf(fmt.Sprintf("good with all %d seeds", seeds), runs))
			}
			if form {
				base, err := formAll(cmd.Context(), people, parallel)
				if err != nil {
					return err
				}
				report.Figures = append(report.Figures, eval.Against("fixed form", sessions, base)...)
			}
			if err := printed(cmd.OutOrStdout(), asJSON, report, report.Table); err != nil || cost == nil {
				return err
			}
			turns := 0
			for _, s := range sessions {
				turns += s.Turns
			}
			return cost.Spent().Print(cmd.ErrOrStderr(), turns)
		},
	}
	cmd.Flags().StringVar(&personas, "personas", "", "JSON file of personas")
	cmd.Flags().StringSliceVar(&only, "only", nil, "ids of the personas to take; empty: all")
	cmd.Flags().StringVar(&o.base, "base", "", "address of a running service, such as http://127.0.0.1:8080; empty: in process")
	cmd.Flags().StringVar(&o.mode, "llm", "off", "in process: on, off or auto")
	cmd.Flags().StringVar(&o.invite, "invite", "demo", "invitation to use there")
	cmd.Flags().StringVar(&transcripts, "transcripts", "", "file that all sessions are written to, as JSON")
	cmd.Flags().IntVar(&parallel, "parallel", 4, "interviews at a time")
	cmd.Flags().IntVar(&seeds, "seeds", 1, "runs, each with the contacts' facts in another order; the figures are of the first")
	cmd.Flags().BoolVar(&form, "form", false, "compare with a fixed form that asks each field once, paired by persona")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// interviewRun says with whom the simulated contacts talk.
type interviewRun struct{ base, invite, mode string }

// chats returns a maker of conversations with the service at base, or with the
// engine in this process; then also what its model costs, nil for rules alone.
func (o interviewRun) chats(cfg config) (func() eval.Chat, *eval.Cost, error) {
	if o.base != "" {
		return func() eval.Chat { return &eval.HTTPChat{Base: o.base, Invite: o.invite} }, nil, nil
	}
	g, err := guide.Load()
	if err != nil {
		return nil, nil, fmt.Errorf("load the guide: %w", err)
	}
	use, err := useModel(cfg, o.mode)
	if err != nil {
		return nil, nil, err
	}
	var options interview.Options
	var cost *eval.Cost
	if use {
		model, err := newModel(cfg, nil, nil)
		if err != nil {
			return nil, nil, err
		}
		cost = eval.NewCost(model)
		if options, err = modelOptions(cost, model.Dropped, cfg); err != nil {
			return nil, nil, err
		}
	}
	return func() eval.Chat { return eval.NewEngineChat(g, extract.NewRules(), options, time.Now()) }, cost, nil
}

// interviewSeeds runs all personas once a seed.
func interviewSeeds(ctx context.Context, people []eval.Persona, seeds int, chat func() eval.Chat, parallel int) ([][]eval.Session, error) {
	runs := make([][]eval.Session, max(1, seeds))
	for seed := range runs {
		varied := make([]eval.Persona, len(people))
		for i, p := range people {
			varied[i] = p.Varied(uint64(seed))
		}
		var err error
		if runs[seed], err = interviewAll(ctx, varied, chat, parallel); err != nil {
			return nil, err
		}
	}
	return runs, nil
}

// formAll has all personas fill in the fixed form.
func formAll(ctx context.Context, people []eval.Persona, parallel int) ([]eval.Session, error) {
	g, err := guide.Load()
	if err != nil {
		return nil, fmt.Errorf("load the guide: %w", err)
	}
	return interviewAll(ctx, people, func() eval.Chat { return eval.NewFormChat(g, time.Now()) }, parallel)
}

func interviewAll(ctx context.Context, people []eval.Persona, chat func() eval.Chat, parallel int) ([]eval.Session, error) {
	sessions := make([]eval.Session, len(people))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(1, parallel))
	for i, p := range people {
		g.Go(func() (err error) {
			sessions[i], err = eval.Interview(ctx, p, chat())
			return err
		})
	}
	return sessions, g.Wait()
}

func keepSessions(path string, sessions []eval.Session) error {
	if path == "" {
		return nil
	}
	body, err := json.MarshalIndent(sessions, "", " ")
	if err != nil {
		return fmt.Errorf("encode the sessions: %w", err)
	}
	if err := os.WriteFile(path, body, 0o600); err != nil {
		return fmt.Errorf("write the sessions: %w", err)
	}
	return nil
}

func newEvalMatch() *cobra.Command {
	var needs, titles, pairs string
	var asJSON bool
	cmd := &cobra.Command{
		Use: "match", Short: "Rank achievements for needs and compare with graded pairs", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, log, err := configured(cmd.ErrOrStderr(), "warn")
			if err != nil {
				return err
			}
			var data eval.MatchData
			err = withFiles([]string{needs, titles, pairs}, func(f []io.Reader) (err error) {
				data, err = eval.ReadMatchData(f[0], f[1], f[2])
				return err
			})
			if err != nil {
				return err
			}
			e, err := newEmbedder(cmd.Context(), cfg)
			if err != nil {
				log.Warn("no embedding model: ranked by words alone", "reason", err)
			}
			pool := make([]rag.Document, len(data.Titles))
			for i, t := range data.Titles {
				pool[i] = rag.Document{ID: t.ID, Title: t.Title}
			}
			ranker, err := rag.NewRanker(cmd.Context(), e, pool)
			if err != nil {
				return err
			}
			figures, err := eval.Match(cmd.Context(), rankBy(ranker, pool), data)
			if err != nil {
				return err
			}
			return printed(cmd.OutOrStdout(), asJSON, figures, func(w io.Writer) error {
				for _, f := range figures {
					fmt.Fprintln(w, f)
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&needs, "needs", "", "JSONL of {id,title,text}")
	cmd.Flags().StringVar(&titles, "titles", "", "JSONL of {id,title_tokens}")
	cmd.Flags().StringVar(&pairs, "pairs", "", "JSONL of {need,achievement,level}")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func rankBy(r *rag.Ranker, pool []rag.Document) eval.Rank {
	byID := make(map[string]rag.Document, len(pool))
	for _, d := range pool {
		byID[d.ID] = d
	}
	return func(ctx context.Context, n eval.MatchNeed, ids []string) ([]string, error) {
		var some []rag.Document // nil: all
		for _, id := range ids {
			some = append(some, byID[id])
		}
		list, err := r.Rank(ctx, rag.Query{Title: n.Title, Text: n.Text}, some)
		order := make([]string, len(list))
		for i, d := range list {
			order[i] = d.ID
		}
		return order, err
	}
}
