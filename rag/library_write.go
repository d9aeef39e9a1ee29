package rag

import (
	"encoding/json"
	"fmt"
	"io"

	"tanxu/need"
)

// WriteAchievements writes a file of achievements in the form that
// ReadAchievements reads.
func WriteAchievements(w io.Writer, list []need.Achievement) error {
	return writeLines(w, list, func(a need.Achievement) (any, error) {
		l := achievementLine{
			Code: a.Code, Title: a.Title, Summary: a.Summary, Indicators: a.Indicators, Chain: a.Chain, Stage: a.Stage, TRL: a.TRL,
			Owner: a.Owner, Region: a.Region, Keywords: a.Keywords, Shared: &a.Shared,
		}
		return &l, json.Unmarshal(a.Detail, &l.Detail)
	})
}

// WriteExperts writes a file of experts, as WriteAchievements does.
func WriteExperts(w io.Writer, list []need.Expert) error {
	return writeLines(w, list, func(e need.Expert) (any, error) {
		l := expertLine{
			Code: e.Code, Name: e.Name, Title: e.Title, Org: e.Org, Region: e.Region, Chain: e.Chain, Summary: e.Summary,
			Keywords: e.Keywords, Shared: &e.Shared,
		}
		return &l, json.Unmarshal(e.Detail, &l.Detail)
	})
}

// WriteFinanceProducts writes a file of finance products, as WriteAchievements
// does.
func WriteFinanceProducts(w io.Writer, list []need.FinanceProduct) error {
	return writeLines(w, list, func(p need.FinanceProduct) (any, error) {
		l := financeLine{Code: p.Code, Name: p.Name, Org: p.Org, Kind: p.Kind, Summary: p.Summary, Shared: &p.Shared}
		return &l, json.Unmarshal(p.Detail, &l.Detail)
	})
}

func writeLines[T any](w io.Writer, list []T, line func(T) (any, error)) error {
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	for _, row := range list {
		l, err := line(row)
		if err != nil {
			return fmt.Errorf("write library file: %w", err)
		}
		if err := lines.Encode(l); err != nil {
			return fmt.Errorf("write library file: %w", err)
		}
	}
	return nil
}
