package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"tanxu/eval"
	"tanxu/extract"
	"tanxu/interview"
	"tanxu/interview/guide"
)

func newEvalInterview() *cobra.Command {
	var o interviewRun
	cmd := &cobra.Command{
		Use: "interview", Short: "Have simulated contacts interviewed and score what comes out", Args: cobra.NoArgs,
		Long: "Have the contacts of a file of personas interviewed, by the engine in this process or, with --base, by a\n" +
			"running service over its chat API, and score the records against what the personas know. Baselines are\n" +
			"interviewed beside it: a fixed form, one prompt for all (single), an agent that writes the whole record\n" +
			"each turn (agent).",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, _, err := configured(cmd.ErrOrStderr(), "warn")
			if err != nil {
				return err
			}
			report, err := o.run(cmd.Context(), cfg)
			if err != nil {
				return err
			}
			return printed(cmd.OutOrStdout(), o.asJSON, report, report.Table)
		},
	}
	cmd.Flags().StringVar(&o.personas, "personas", "", "JSON file of personas")
	cmd.Flags().StringSliceVar(&o.only, "only", nil, "ids of the personas to take; empty: all")
	cmd.Flags().StringVar(&o.base, "base", "", "address of a running service, such as http://127.0.0.1:8080; empty: in process")
	cmd.Flags().StringVar(&o.mode, "llm", "off", "in process: on, off or auto; with on, a model that does not answer ends the run; scripted: a reader that knows the persona")
	cmd.Flags().Float64Var(&o.errs, "errs", 0, "share of the numbers that the scripted reader gets wrong")
	cmd.Flags().Uint64Var(&o.draw, "draw", 0, "which numbers these are")
	cassetteFlag(cmd, &o.cassette)
	cmd.Flags().StringSliceVar(&o.baselines, "baseline", nil, "compare, paired by persona, with form, single, agent; the last two need a model")
	cmd.Flags().StringVar(&o.invite, "invite", "demo", "invitation to use there")
	cmd.Flags().StringVar(&o.transcripts, "transcripts", "", "file that all sessions are written to, as JSON")
	cmd.Flags().IntVar(&o.parallel, "parallel", 4, "interviews at a time")
	cmd.Flags().IntVar(&o.seeds, "seeds", 1, "runs, each with the contacts' facts in another order; the figures are of the first")
	cmd.Flags().StringVar(&o.today, "today", "", "date on which the interviews are held, such as 2026-11-25, so that a run of days ago has the same requests; empty: today")
	cmd.Flags().BoolVar(&o.asJSON, "json", false, "print JSON")
	return cmd
}

// interviewRun is what the flags say.
type interviewRun struct {
	personas, transcripts        string
	base, invite, mode, cassette string
	today                        string
	only, baselines              []string
	parallel, seeds              int
	errs                         float64
	draw                         uint64
	asJSON                       bool
}

// sitting begins a conversation, and counts what the model costs in it; the
// count is nil where no model of ours is asked.
type sitting func(eval.Persona) (eval.Chat, *eval.Cost, error)

func (o interviewRun) run(ctx context.Context, cfg config) (eval.InterviewReport, error) {
	people, err := o.people()
	if err != nil {
		return eval.InterviewReport{}, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	sittings, err := o.sittings(cfg, cancel)
	if err != nil {
		return eval.InterviewReport{}, err
	}
	runs := make([][]eval.Session, max(1, o.seeds))
	for seed := range runs {
		varied := make([]eval.Persona, len(people))
		for i, p := range people {
			varied[i] = p.Varied(uint64(seed))
		}
		if runs[seed], err = o.interviewAll(ctx, varied, sittings[0].begin); err != nil {
			return eval.InterviewReport{}, err
		}
	}
	report := eval.InterviewReportOf(sittings[0].name, runs[0])
	if o.seeds > 1 {
		report.Figures = append(report.Figures, eval.AllOf(fmt.Sprintf("good with all %d seeds", o.seeds), runs))
	}
	for _, s := range sittings[1:] {
		sessions, err := o.interviewAll(ctx, people, s.begin)
		if err != nil {
			return eval.InterviewReport{}, fmt.Errorf("baseline %s: %w", s.name, err)
		}
		report.Compare(eval.InterviewReportOf(s.name, sessions))
	}
	return report, keepSessions(o.transcripts, runs[0])
}

func (o interviewRun) people() ([]eval.Persona, error) {
	body, err := os.ReadFile(o.personas)
	if err != nil {
		return nil, fmt.Errorf("read the personas: %w", err)
	}
	people, err := eval.ReadPersonas(body)
	if err != nil {
		return nil, err
	}
	people = slices.DeleteFunc(people, func(p eval.Persona) bool { return len(o.only) > 0 && !slices.Contains(o.only, p.ID) })
	if len(people) == 0 {
		return nil, errors.New("no personas to interview")
	}
	return people, nil
}

// named is a way to be interviewed.
type named struct {
	name  string
	begin sitting
}

// sittings are the service under test and, behind it, the baselines. Stop is
// told when the model is needed and does not answer.
func (o interviewRun) sittings(cfg config, stop context.CancelCauseFunc) ([]named, error) {
	g, err := guide.Load()
	if err != nil {
		return nil, fmt.Errorf("load the guide: %w", err)
	}
	now := time.Now()
	if o.today != "" {
		if now, err = time.ParseInLocation(time.DateOnly, o.today, time.Local); err != nil {
			return nil, fmt.Errorf("--today: %w", err)
		}
	}
	count, err := o.counted(cfg, stop)
	if err != nil {
		return nil, err
	}
	list := []named{{"tanxu", o.ours(cfg, g, count, now)}}
	for _, b := range o.baselines {
		switch {
		case b == "form":
			list = append(list, named{b, func(eval.Persona) (eval.Chat, *eval.Cost, error) { return eval.NewFormChat(g, now), nil, nil }})
		case b != "single" && b != "agent":
			return nil, fmt.Errorf("--baseline is form, single or agent, not %q", b)
		case count == nil:
			return nil, fmt.Errorf("--baseline %s needs a model: --llm on", b)
		case b == "single":
			list = append(list, named{b, func(p eval.Persona) (eval.Chat, *eval.Cost, error) {
				c := count(p)
				return eval.NewSingleChat(c), c, nil
			}})
		default:
			list = append(list, named{b, func(p eval.Persona) (eval.Chat, *eval.Cost, error) {
				c := count(p)
				return eval.NewAgentChat(c), c, nil
			}})
		}
	}
	return list, nil
}

// counted returns a maker of counts, one a conversation, of the model that is
// asked; nil where there is none. Its answers are kept if a cassette is named.
func (o interviewRun) counted(cfg config, stop context.CancelCauseFunc) (func(eval.Persona) *eval.Cost, error) {
	if o.mode == "scripted" {
		return func(p eval.Persona) *eval.Cost { return eval.NewCost(eval.NewKnowing(p, o.errs, o.draw), nil) }, nil
	}
	if use, err := useModel(cfg, o.mode); err != nil || !use {
		return nil, err
	}
	model, err := keptModel(cfg, o.cassette)
	if err != nil {
		return nil, err
	}
	var down func(error)
	if o.mode == "on" {
		down = func(err error) { stop(fmt.Errorf("the model does not answer: %w", err)) }
	}
	return func(eval.Persona) *eval.Cost { return eval.NewCost(model, down) }, nil
}

// ours is the service at base, or the engine in this process.
func (o interviewRun) ours(cfg config, g *guide.Guide, count func(eval.Persona) *eval.Cost, now time.Time) sitting {
	return func(p eval.Persona) (eval.Chat, *eval.Cost, error) {
		if o.base != "" {
			return &eval.HTTPChat{Base: o.base, Invite: o.invite}, nil, nil
		}
		var options interview.Options
		var cost *eval.Cost
		if count != nil {
			var err error
			cost = count(p)
			if options, err = modelOptions(cost, nil, cfg); err != nil {
				return nil, nil, err
			}
		}
		return eval.NewEngineChat(g, extract.NewRules(), options, now), cost, nil
	}
}

func (o interviewRun) interviewAll(ctx context.Context, people []eval.Persona, begin sitting) ([]eval.Session, error) {
	sessions := make([]eval.Session, len(people))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(1, o.parallel))
	for i, p := range people {
		g.Go(func() error {
			chat, cost, err := begin(p)
			if err != nil {
				return err
			}
			sessions[i], err = eval.Interview(ctx, p, chat)
			if cost != nil {
				sessions[i].Spent = cost.Spent()
			}
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
