package api

import (
	"embed"
	"encoding/json"
	"fmt"

	"golang.org/x/text/language"

	"tanxu/need"
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

// of is what people read for a code.
func (t *texts) of(lang, code string) string { return t.byLang[lang][code] }

// ofError is what people read for an error: by its code, or else, as for codes
// that only programs tell apart, by its kind. What went wrong inside is
// nobody's business.
func (t *texts) ofError(lang string, err error) string {
	kind := need.KindOf(err)
	if kind == need.Internal {
		return t.of(lang, "internal")
	}
	if text := t.of(lang, need.CodeOf(err)); text != "" {
		return text
	}
	return t.of(lang, kindCode(kind))
}

// kindCode is the code of the text for a whole kind.
func kindCode(k need.Kind) string {
	switch k {
	case need.Invalid:
		return "kind_invalid"
	case need.NotFound:
		return "kind_not_found"
	case need.Conflict:
		return "kind_conflict"
	case need.Unavailable:
		return "kind_unavailable"
	case need.Denied:
		return "kind_denied"
	case need.TooMany:
		return "kind_too_many"
	default:
		return "internal"
	}
}

// lang is the language of an Accept-Language header, Chinese unless English is
// preferred.
func (t *texts) lang(accept string) string {
	if _, i := language.MatchStrings(t.match, accept); i == 1 {
		return "en"
	}
	return "zh"
}
