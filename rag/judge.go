package rag

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"tanxu/llm"
	"tanxu/need"
	"tanxu/prompts"
)

// Judge is a Reranker that asks a language model: it grades the candidates side
// by side and has to say by which words of both. What fits not at all it leaves
// out, which spares half of the answer.
type Judge struct {
	model   llm.Model
	prompts *prompts.Set
}

// NewJudge returns a Judge.
func NewJudge(m llm.Model, p *prompts.Set) *Judge { return &Judge{model: m, prompts: p} }

const (
	bestGrade = 3
	uncited   = 1 // the best grade of what no words of both sides speak for

	longestJudged = 400  // characters of a candidate
	longestNeed   = 1500 // characters of the need
)

// Name implements Reranker.
func (j *Judge) Name() string { return "judge" }

// Rerank implements Reranker: the grades, from 0 to 1. Their ties are left to the
// order before: an order within a grade that a reader gave too ranked worse.
func (j *Judge) Rerank(ctx context.Context, query string, documents []string) ([]float64, error) {
	type candidate struct {
		N    int    `json:"n"`
		Text string `json:"text"`
	}
	list := make([]candidate, len(documents))
	for i, d := range documents {
		list[i] = candidate{i + 1, upTo(d, longestJudged)}
	}
	query = upTo(query, longestNeed)
	req, err := j.prompts.Render("judge.zh", map[string]any{"need": query, "candidates": list})
	if err != nil {
		return nil, fmt.Errorf("write the call of the judge: %w", err)
	}
	resp, err := j.model.Complete(ctx, req)
	if err != nil {
		return nil, need.Errorf(need.Unavailable, "judge_down", "ask the judge: %w", err)
	}
	var answer struct {
		Judgements []judgement `json:"judgements"`
	}
	if err := json.Unmarshal([]byte(resp.Text), &answer); err != nil {
		return nil, need.Errorf(need.Unavailable, "judge_answer", "read the judge: %w", err)
	}
	grades, graded := make([]float64, len(documents)), 0
	for _, g := range answer.Judgements {
		if g.N >= 1 && g.N <= len(list) {
			grades[g.N-1] = float64(g.checked(query, list[g.N-1].Text)) / bestGrade
			graded++
		}
	}
	if graded == 0 {
		return nil, need.Errorf(need.Unavailable, "judge_answer", "the judge graded none of %d candidates", len(list))
	}
	return grades, nil
}

// judgement is what the model says of one candidate.
type judgement struct {
	N     int
	Need  string
	Offer string
	Grade int
}

// checked is the grade as far as words of both sides stand behind it: what is
// praised without them is not believed.
func (g judgement) checked(query, document string) int {
	grade := min(max(g.Grade, 0), bestGrade)
	if !quotes(query, g.Need) || !quotes(document, g.Offer) {
		return min(grade, uncited)
	}
	return grade
}

// quotes reports whether a quote is verbatim, blanks at its ends aside.
func quotes(text, quote string) bool {
	quote = strings.TrimSpace(quote)
	return len([]rune(quote)) >= 2 && strings.Contains(text, quote)
}
