package interview

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"tanxu/llm"
	"tanxu/need"
	"tanxu/prompts"
)

// Phraser lets a model put a question of the guide into words that fit what was
// just said. The words are linted; the guide's own stand when they fail.
type Phraser struct {
	model   llm.Model
	prompts *prompts.Set
	opt     PhraseOptions
}

// PhraseOptions hold what has a sensible default; the zero value is ready.
type PhraseOptions struct {
	Patience time.Duration              // 0 means 4s
	Rejected func(reason string, n int) // told of wordings that were not said; nil for nobody
}

// Phrasing is a question and what it answers to.
type Phrasing struct {
	Question string // of the guide, filled in
	Heard    string // what the contact has just said
	Term     string // the contact's own word for what is asked, "" if there is none
	Lang     string // "zh" or "en"
}

// NewPhraser returns a Phraser that asks m with the prompts phrase.zh and
// phrase.en of p.
func NewPhraser(m llm.Model, p *prompts.Set, o PhraseOptions) (*Phraser, error) {
	for _, lang := range []string{"zh", "en"} {
		if _, ok := p.Prompt("phrase." + lang); !ok {
			return nil, fmt.Errorf("no prompt phrase.%s", lang)
		}
	}
	o.Patience = cmp.Or(o.Patience, 4*time.Second)
	if o.Rejected == nil {
		o.Rejected = func(string, int) {}
	}
	return &Phraser{model: m, prompts: p, opt: o}, nil
}

// Phrase returns the question in other words, or an error: then the guide's own
// words are to be said.
func (p *Phraser) Phrase(ctx context.Context, in Phrasing) (string, error) {
	req, err := p.prompts.Render("phrase."+in.Lang, map[string]any{"question": in.Question, "heard": cut(in.Heard, maxHeard), "term": in.Term})
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, p.opt.Patience)
	defer cancel()
	resp, err := p.model.Complete(ctx, req)
	if err != nil {
		return "", fmt.Errorf("phrase %q: %w", in.Question, err)
	}
	text := strings.TrimSpace(resp.Text)
	err = Lint(in, text)
	if resp.Finish == "length" {
		err = errUnfinished
	}
	if err != nil {
		p.opt.Rejected("phrase", 1)
		return "", fmt.Errorf("phrase %q as %q: %w", in.Question, cut(text, maxHeard), err)
	}
	return text, nil
}

// Limits of what is shown to the model and of what it may say, in runes.
const (
	maxHeard      = 200
	maxPhraseZh   = 80
	maxPhraseEn   = 240
	minLikeness   = 0.3 // of the question's pairs of characters that must come back
	questionMarks = "？?"
)

// What is wrong with a phrasing.
var (
	errUnfinished = errors.New("breaks off")
	errLength     = errors.New("empty or too long")
	errQuestion   = errors.New("not one question with its mark at the end")
	errLanguage   = errors.New("in another language")
	errNumber     = errors.New("holds a number that was not asked")
	errSuggests   = errors.New("suggests an answer")
	errForm       = errors.New("holds line breaks, quotation marks or markup")
	errOther      = errors.New("asks something else")
)

// Lint returns what is wrong with text as other words for a question, nil if
// nothing is: it must be one question, without a new number or a suggestion.
func Lint(in Phrasing, text string) error {
	limit := maxPhraseZh
	if in.Lang == "en" {
		limit = maxPhraseEn
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	asked := strings.HasSuffix(in.Question, "？") || strings.HasSuffix(in.Question, "?") // and no word on how to answer behind it
	switch n := utf8.RuneCountInString(text); {
	case n < 4 || n > limit:
		return errLength
	case strings.Count(text, "？")+strings.Count(text, "?") != 1 || asked && !strings.ContainsRune(questionMarks, last):
		return errQuestion
	case strings.ContainsAny(text, "\r\n\t\"“”「」『』*#`<>{}[]|") || strings.ContainsFunc(text, oddRune):
		return errForm
	case hasHan(text) == (in.Lang == "en"):
		return errLanguage
	case newNumber(in, text):
		return errNumber
	case suggests(in.Question, text):
		return errSuggests
	case overlap(in.Question, text) < minLikeness:
		return errOther
	}
	return nil
}

// oddRune finds emoji and characters that cannot be seen.
func oddRune(r rune) bool { return unicode.In(r, unicode.So, unicode.Cf, unicode.Co) }

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// newNumber reports whether text holds digits or quantities that neither the
// question nor the contact's own word holds.
func newNumber(in Phrasing, text string) bool {
	known := in.Question + " " + in.Term
	for _, r := range text {
		if unicode.IsDigit(r) && !strings.ContainsRune(known, r) {
			return true
		}
	}
	asked := need.Measures(known)
	for _, m := range need.Measures(text) {
		if m.Unit != "" && !strings.Contains(known, m.Quantity.Text) && !slices.ContainsFunc(asked, func(o need.Measure) bool { return o.Quantity.Text == m.Quantity.Text }) {
			return true
		}
	}
	return strings.ContainsAny(text, "%％‰℃") && !strings.ContainsAny(known, "%％‰℃")
}

// suggests reports whether text holds a word of suggestion, choice or judgement
// that the question does not hold.
func suggests(question, text string) bool {
	question, text = strings.ToLower(question), strings.ToLower(text)
	for _, w := range []string{
		"比如", "例如", "譬如", "像是", "建议", "可以考虑", "不妨", "是不是", "是否", "还是", "或者", "要不要", "不如", "一般来说", "通常", "应该是", "会不会",
		"很好", "太好", "真不错", "非常棒", "专业", "厉害", "我们可以帮", "放心",
		"for example", "such as", "e.g.", "perhaps", "maybe", "probably", "i suggest", "how about", "or ", "great", "excellent", "usually", "is it because",
	} {
		if strings.Contains(text, w) && !strings.Contains(question, w) {
			return true
		}
	}
	return false
}
