// Package scale makes libraries as large as a province's, and measures what the
// service needs for them: `make bench`.
//
//	BENCH_CORPUS   folder with paragraphs.tsv.gz (id and paragraph a line) and
//	               corpus.jsonl.gz (title and abstract); without it texts are made
//	BENCH_VECTORS  vectors of the dense search, 100000 unless said
//	BENCH_TEXTS    achievements of the library, 20000 unless said
//	BENCH_TAKEN    timed searches of each kind, 1000 unless said
//	BENCH_ALIKE    records of which copies are looked for, 1000 unless said
package scale

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"tanxu/eval"
	"tanxu/need"
)

// Texts are what achievements of a benchmark say. The same source and seed give
// the same texts.
type Texts struct {
	paragraphs []string
	owners     []string // of the paragraphs
	questions  []Question
	random     *rand.Rand
}

// Question is what a benchmark searches for.
type Question struct{ Title, Text string }

// ReadTexts reads real texts from a folder, or makes some if it is "".
func ReadTexts(folder string, seed uint64) (*Texts, error) {
	t := &Texts{random: rand.New(rand.NewPCG(seed, 0x7363616c65))} //nolint:gosec // reproducible, not secret
	if folder == "" {
		t.make(seed)
		return t, nil
	}
	err := errors.Join(
		eachLine(filepath.Join(folder, "paragraphs.tsv.gz"), func(line []byte) error {
			id, text, ok := strings.Cut(string(line), "\t")
			if !ok {
				return errors.New("a paragraph without an id")
			}
			t.paragraphs, t.owners = append(t.paragraphs, text), append(t.owners, id)
			return nil
		}),
		eachLine(filepath.Join(folder, "corpus.jsonl.gz"), func(line []byte) error {
			var paper struct{ Title, Abstract string }
			if err := json.Unmarshal(line, &paper); err != nil {
				return err
			}
			if paper.Title != "" && paper.Abstract != "" {
				t.questions = append(t.questions, Question{paper.Title, first(paper.Abstract, 80)})
			}
			return nil
		}))
	if err != nil {
		return nil, err
	}
	t.shuffle()
	return t, nil
}

// shuffle brings questions of all trades forward.
func (t *Texts) shuffle() {
	t.random.Shuffle(len(t.questions), func(i, j int) { t.questions[i], t.questions[j] = t.questions[j], t.questions[i] })
}

const (
	madeParagraphs = 20_000
	madeQuestions  = 2_000
)

// make puts sentences of the trades together.
func (t *Texts) make(seed uint64) {
	m := eval.NewMaker(seed)
	for i := range madeParagraphs + madeQuestions {
		n := m.Need(i)
		text := n.Scene + "。" + strings.Join(n.Problem, "。") + "。" + n.Goal
		if i < madeParagraphs {
			t.paragraphs, t.owners = append(t.paragraphs, text), append(t.owners, n.Org)
		} else {
			t.questions = append(t.questions, Question{n.Title, text})
		}
	}
}

// Real is how many of the texts stand in the source as they are; those after
// them are put together of two paragraphs of one trade.
func (t *Texts) Real() int { return len(t.paragraphs) }

// Paragraph returns a text with this number.
func (t *Texts) Paragraph(number int) string {
	if number < len(t.paragraphs) {
		return t.paragraphs[number]
	}
	// Neighbours in the source come from one paper or one trade.
	one := t.random.IntN(len(t.paragraphs))
	other := (one + 1 + t.random.IntN(40)) % len(t.paragraphs)
	a, b := sentences(t.paragraphs[one]), sentences(t.paragraphs[other])
	return strings.Join(a[:1+t.random.IntN(len(a))], "。") + "。" + strings.Join(b[t.random.IntN(len(b)):], "。")
}

// Achievements returns n of them, of one centre.
func (t *Texts) Achievements(n int, centre need.CentrePath) []need.Achievement {
	list := make([]need.Achievement, n)
	for i := range list {
		text := t.Paragraph(i)
		list[i] = need.Achievement{
			Centre: centre, Code: fmt.Sprint("B-", i), Title: first(sentences(text)[0], 40), Summary: text,
			Chain: need.Chains()[i%len(need.Chains())], Stage: need.Stages()[i%3], Owner: t.owners[i%len(t.owners)], Shared: true,
		}
	}
	return list
}

// Question returns one of what is searched for.
func (t *Texts) Question(number int) Question { return t.questions[number%len(t.questions)] }

func sentences(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == '。' || r == '；' })
}

// first returns the first runes of a text.
func first(text string, runes int) string {
	r := []rune(text)
	return string(r[:min(runes, len(r))])
}

func eachLine(path string, fn func([]byte) error) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open texts: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	lines := bufio.NewReader(z)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 1 {
			if err := fn(line[:len(line)-1]); err != nil {
				return fmt.Errorf("read %s: %w", path, err)
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
	}
}
