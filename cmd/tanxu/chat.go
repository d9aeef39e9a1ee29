package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"tanxu/interview"
	"tanxu/need"
	"tanxu/need/record"
)

func newChat() *cobra.Command {
	var lang, out string
	cmd := &cobra.Command{
		Use: "chat", Short: "Hold the interview in this terminal", Args: cobra.NoArgs,
		Long: "Hold the interview in this terminal, with the engine of the service and no database.\n" +
			"Answer in free words, or by the number of a quick reply. End with Ctrl-D.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, _, err := configured(cmd.ErrOrStderr(), "warn")
			if err != nil {
				return err
			}
			t, err := newTerminal(cfg, lang, cmd.OutOrStdout())
			if err != nil {
				return err
			}
			if err := t.run(cmd.Context(), cmd.InOrStdin()); err != nil {
				return err
			}
			return t.record(out)
		},
	}
	cmd.Flags().StringVar(&lang, "lang", "zh", "zh or en")
	cmd.Flags().StringVar(&out, "record", "", "file that the needs are written to at the end, as JSON")
	return cmd
}

// terminal is a conversation whose state is in memory.
type terminal struct {
	engine *interview.Engine
	state  *interview.State
	recent []interview.Spoken
	offer  []interview.Choice // quick replies of the last message
	zone   *time.Location
	out    io.Writer
}

func newTerminal(cfg config, lang string, out io.Writer) (*terminal, error) {
	if lang != "zh" && lang != "en" {
		return nil, fmt.Errorf("--lang is zh or en, not %q", lang)
	}
	model, err := newModel(cfg, nil, nil)
	if err != nil {
		return nil, err
	}
	engine, err := newEngine(model, cfg, nil)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(cfg.Timezone)
	if err != nil {
		return nil, fmt.Errorf("load the zone: %w", err)
	}
	state := interview.Fold(nil)
	state.Lang = lang
	return &terminal{engine: engine, state: state, zone: zone, out: out}, nil
}

// run reads lines until the interview is done or the input ends.
func (t *terminal) run(ctx context.Context, in io.Reader) error {
	if err := t.turn(ctx, interview.Message{Start: true}); err != nil {
		return err
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for t.open() && ctx.Err() == nil {
		fmt.Fprint(t.out, "> ")
		if !lines.Scan() {
			break
		}
		m := interview.Message{Text: lines.Text()}
		if n, err := strconv.Atoi(strings.TrimSpace(m.Text)); err == nil && n >= 1 && n <= len(t.offer) {
			m.Choice, m.Text = t.offer[n-1].ID, ""
		}
		if err := t.turn(ctx, m); err != nil {
			return err
		}
	}
	return lines.Err()
}

func (t *terminal) open() bool {
	return t.state.Phase != interview.PhaseDone && t.state.Phase != interview.PhaseClosed
}

// turn runs one turn and prints what the bot says.
func (t *terminal) turn(ctx context.Context, m interview.Message) error {
	m.ID, m.At = need.MessageID(uuid.Must(uuid.NewV7()).String()), time.Now().In(t.zone)
	out, err := t.engine.Turn(ctx, t.state, interview.Input{Messages: []interview.Message{m}, Recent: t.recent, Now: m.At})
	if err != nil {
		return fmt.Errorf("turn: %w", err)
	}
	for _, e := range out.Events {
		t.state.Apply(e)
	}
	if m.Text != "" {
		t.recent = append(t.recent, interview.Spoken{ID: m.ID, Contact: true, Text: m.Text})
	}
	t.offer = nil
	for _, say := range out.Say {
		t.print(say)
		t.recent = append(t.recent, interview.Spoken{Text: say.Text})
	}
	t.recent = t.recent[max(0, len(t.recent)-8):]
	return nil
}

func (t *terminal) print(say interview.Say) {
	fmt.Fprintf(t.out, "\n%s\n", say.Text)
	if say.Card != nil {
		for i, line := range say.Card.Lines {
			fmt.Fprintf(t.out, "  %2d. %s：%s\n", i+1, line.Label, line.Value)
		}
	}
	t.offer = say.Choices
	for i, ch := range say.Choices {
		fmt.Fprintf(t.out, "  [%d] %s", i+1, ch.Label)
	}
	if len(say.Choices) > 0 {
		fmt.Fprintln(t.out)
	}
}

// record writes the needs of the conversation to a file; "" writes none.
func (t *terminal) record(path string) error {
	if path == "" {
		return nil
	}
	list := make([]record.Record, 0, len(t.state.Needs))
	for _, n := range t.state.Needs {
		list = append(list, record.Of(n))
	}
	body, err := json.MarshalIndent(map[string]any{"needs": list}, "", "  ")
	if err != nil {
		return fmt.Errorf("encode the needs: %w", err)
	}
	if err := os.WriteFile(path, append(body, '\n'), 0o600); err != nil {
		return fmt.Errorf("write the record: %w", err)
	}
	fmt.Fprintf(t.out, "\n%s\n", path)
	return nil
}
