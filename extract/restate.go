package extract

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tanxu/llm"
	"tanxu/need"
	"tanxu/prompts"
)

// Lengths of what a model may suggest of a whole need, in characters.
const (
	minAbstract = 15
	maxAbstract = 160
	minTerm     = 2
	maxTerm     = 16
)

// restatePrompt is the id of the prompt of a Restater.
const restatePrompt = "restate.zh"

// Restater has a model say a need in words that people of other trades know:
// the problem without its trade, and the standard term of a quantity for which
// the contact has a homely word. All of it is suggested, none of it is a value.
type Restater struct {
	model   llm.Model
	prompts *prompts.Set
}

// NewRestater returns a Restater that asks m with a prompt of p.
func NewRestater(m llm.Model, p *prompts.Set) (*Restater, error) {
	if _, ok := p.Prompt(restatePrompt); !ok {
		return nil, fmt.Errorf("no prompt %s", restatePrompt)
	}
	return &Restater{model: m, prompts: p}, nil
}

// Why a restatement is not taken.
var (
	errRestateLength = errors.New("too short or too long")
	errRestateForm   = errors.New("holds line breaks, markup or no Chinese")
	errRestateNumber = errors.New("holds a number")
	errRestateTrade  = errors.New("names the trade")
)

// Restate returns the suggestions of the model that pass the lint, as events of
// the need n. What fails is left out: Digest has an abstract by rule.
func (r *Restater) Restate(ctx context.Context, n *need.Need) ([]need.Event, error) {
	req, err := r.prompts.Render(restatePrompt, map[string]any{"need": restateData(n)})
	if err != nil {
		return nil, err
	}
	resp, err := r.model.Complete(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("restate need %s: %w", n.ID, err)
	}
	var said struct {
		Abstract string `json:"abstract"`
		Terms    []struct {
			Row  string `json:"row"`
			Term string `json:"term"`
		} `json:"terms"`
	}
	if err := json.Unmarshal([]byte(resp.Text), &said); err != nil {
		return nil, fmt.Errorf("restate need %s: %w: %w", n.ID, llm.ErrInvalid, err)
	}
	var out []need.Event
	suggest := func(k need.Key, value, why string) {
		out = append(out, need.Event{Kind: need.Suggested, Need: n.ID, Key: k, Note: value, To: why})
	}
	if text := strings.TrimSpace(said.Abstract); LintAbstract(n, text) == nil {
		suggest(need.KeyAbstract, text, "由模型改写，不含行业用词和数字")
	}
	for _, t := range said.Terms {
		row, term := n.Row(t.Row), strings.TrimSpace(t.Term)
		if row != nil && plainTerm(term) && term != row.Name {
			suggest(need.TermKey(row.ID), term, "“"+row.Name+"”的标准叫法，由模型推测")
		}
	}
	return out, nil
}

// restateData is what the model is shown: what the problem is, without money,
// dates, people and terms.
func restateData(n *need.Need) map[string]any {
	data := map[string]any{"title": n.Title}
	for _, k := range []need.Key{need.KeyProblem, need.KeyScene, need.KeyRootCause, need.KeyTried, need.KeyConstraints, need.KeyKeyTech, need.KeyExpectedGoal} {
		var texts []string
		for _, item := range statements(n, k) {
			texts = append(texts, clipRunes(item.Value.Text, maxStatement))
		}
		if texts != nil {
			data[string(k)] = texts
		}
	}
	rows := []map[string]string{}
	for _, row := range n.Indicators {
		r := map[string]string{"row": row.ID, "name": row.Name, "unit": row.Unit}
		if row.Target != nil {
			r["change"] = change(row)
		}
		rows = append(rows, r)
	}
	data["indicators"] = rows
	return data
}

// LintAbstract returns what is wrong with a text as the problem of n without
// its trade, nil if nothing is.
func LintAbstract(n *need.Need, text string) error {
	switch length := utf8.RuneCountInString(text); {
	case length < minAbstract || length > maxAbstract:
		return errRestateLength
	case strings.ContainsAny(text, "\r\n\t*#`<>{}[]|") || !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
		return errRestateForm
	case strings.ContainsFunc(text, unicode.IsDigit), len(need.Measures(text)) > 0:
		return errRestateNumber
	}
	for _, word := range terms(n, []passage{{n.Title, titleWeight}}) {
		if utf8.RuneCountInString(word) >= 2 && chainLexicon().strong(word) && strings.Contains(text, word) {
			return errRestateTrade
		}
	}
	return nil
}

// plainTerm reports whether a text can be the name of a quantity.
func plainTerm(term string) bool {
	length := utf8.RuneCountInString(term)
	return length >= minTerm && length <= maxTerm && !slices.ContainsFunc([]rune(term), func(r rune) bool {
		return !unicode.IsLetter(r) && !strings.ContainsRune("（）()·-", r)
	})
}
