package eval

import (
	"cmp"
	"context"
	"encoding/json"
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"sync"
	"unicode/utf8"

	"tanxu/llm"
)

// Knowing is a scripted model that knows a persona: it reads each message by the
// facts that stand in it, without a mistake but for the share of numbers that it
// is told to get wrong. It measures what our side makes of a good reader, and
// what tokens the ways to interview cost; it says nothing of any real model.
type Knowing struct {
	persona Persona
	errs    float64

	mu     sync.Mutex
	draw   uint64
	times  map[string]uint64 // that words were read: a second reading errs anew
	asked  map[string]int
	before string // all of the request before, for what a provider would cache
}

var _ llm.Model = (*Knowing)(nil)

// NewKnowing returns a reader that knows p and gets the share errs of the
// numbers of rows wrong, each independently; draw says which of them.
func NewKnowing(p Persona, errs float64, draw uint64) *Knowing {
	return &Knowing{persona: p, errs: errs, draw: draw, times: map[string]uint64{}, asked: map[string]int{}}
}

// chance is the generator for one reading of a row in words of the contact.
func (k *Knowing) chance(row, quote string) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(k.persona.ID + "\n" + row + "\n" + quote)) // never fails
	k.times[row+"\n"+quote]++
	return rand.New(rand.NewPCG(h.Sum64()^k.draw, k.times[row+"\n"+quote]))
}

// Complete implements llm.Model. Usage is estimated as 1.5 characters a token.
func (k *Knowing) Complete(_ context.Context, req llm.Request) (llm.Response, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	var answer any
	text := ""
	switch req.Name {
	case "understand":
		answer = k.understand(req.Messages[len(req.Messages)-1].Text)
	case "agent":
		answer = k.turn(req.Messages)
	case "record":
		answer = k.written(contactWords(req.Messages))
	case "restate":
		answer = map[string]any{"abstract": "", "terms": []any{}}
	case "single":
		text = k.turn(req.Messages).tagged()
	default:
		return llm.Response{}, llm.ErrBlank // it words no questions
	}
	if answer != nil {
		raw, err := json.Marshal(answer)
		if err != nil {
			return llm.Response{}, err
		}
		text = string(raw)
	}
	return llm.Response{Text: text, Model: "knowing", Finish: "stop", Usage: k.usage(req, text)}, nil
}

func (k *Knowing) usage(req llm.Request, answer string) llm.Usage {
	var all strings.Builder
	for _, m := range req.Messages {
		all.WriteString(m.Text)
	}
	same := 0
	for same < min(all.Len(), len(k.before)) && all.String()[same] == k.before[same] {
		same++
	}
	tokens := func(s string) int { return utf8.RuneCountInString(s) * 2 / 3 }
	u := llm.Usage{Prompt: tokens(all.String()), Completion: tokens(answer), Cached: tokens(all.String()[:same])}
	k.before = all.String()
	return u
}

// contactWords are the messages of the contact in a talk.
func contactWords(talk []llm.Message) (said []string) {
	for _, m := range talk {
		if m.Role == llm.UserRole {
			said = append(said, m.Text)
		}
	}
	return said
}

// quoteOf returns the words of a text that tell a fact, "" if none do. In the
// opening facts stand in other words than their own.
func (k *Knowing) quoteOf(f Fact, text string) string {
	const alike = 0.25
	if strings.Contains(text, f.Say) {
		return f.Say
	}
	if f.Disclose != "open" || text != k.persona.Opening {
		return ""
	}
	best, like := "", alike
	for _, sentence := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("。！？；\n", r) }) {
		if s := max(shared(f.Say, sentence), shared(sentence, f.Say)); s > like {
			best, like = sentence, s
		}
	}
	return cmp.Or(best, map[bool]string{true: text}[f.Field == "problem" && utf8.RuneCountInString(text) < 200])
}
