package rag

import (
	"bytes"
	"encoding/json"
	"fmt"

	"tanxu/need"
)

// EntryLexemes are the words that a record of the library of achievements is
// found by, each once; nil for records of others.
func EntryLexemes(e *need.Entry) []string {
	if e.Library != need.Achievements {
		return nil
	}
	return unique(Lexemes(fullText(need.Achievement{
		Title: e.Values.Text("title"), Summary: e.Values.Text("summary"), Indicators: e.Values.Text("indicators"), Keywords: e.Values.Texts("keywords"),
	})))
}

// CheckRules returns nil if rules, as JSON has them, can be decided: an Invalid
// error if not.
func CheckRules(given any) error {
	raw, err := json.Marshal(given)
	if err != nil {
		return fmt.Errorf("encode rules: %w", err)
	}
	var lines []ruleLine
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&lines); err != nil {
		return need.Errorf(need.Invalid, "rules", "read rules: %w", err)
	}
	if _, err := rules(lines); err != nil {
		return need.Errorf(need.Invalid, "rules", "%w", err)
	}
	return nil
}
