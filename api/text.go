package api

import (
	"embed"
	"encoding/json"
	"fmt"

	"golang.org/x/text/language"
)

//go:embed texts/*.json
var textFiles embed.FS

// texts are what people read, by language and code.
type texts struct {
	byLang map[string]map[string]string
	match  language.Matcher
}

func loadTexts() (*texts, error) {
	t := &texts{
		byLang: map[string]map[string]string{},
		match:  language.NewMatcher([]language.Tag{language.Chinese, language.English}),
	}
	for _, lang := range []string{"zh", "en"} {
		raw, err := textFiles.ReadFile("texts/" + lang + ".json")
		if err != nil {
			return nil, fmt.Errorf("read the texts: %w", err)
		}
		byCode := map[string]string{}
		if err := json.Unmarshal(raw, &byCode); err != nil {
			return nil, fmt.Errorf("read the texts in %s: %w", lang, err)
		}
		t.byLang[lang] = byCode
	}
	return t, nil
}

// of is what people read for a code; a code without a text, which a test rules
// out, gets the text of an internal error.
func (t *texts) of(lang, code string) string {
	if text, ok := t.byLang[lang][code]; ok {
		return text
	}
	return t.byLang[lang]["internal"]
}

// lang is the language of an Accept-Language header, Chinese unless English is
// preferred.
func (t *texts) lang(accept string) string {
	if _, i := language.MatchStrings(t.match, accept); i == 1 {
		return "en"
	}
	return "zh"
}
