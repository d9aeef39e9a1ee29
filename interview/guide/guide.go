// Package guide is the service guide: the versioned script of an interview,
// in Chinese and English, as it is asked, printed and shown. It decides nothing:
// which question comes next is the interview's business.
package guide

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"

	"tanxu/need"
)

//go:embed guide.zh-en.yaml
var script []byte

// Guide is one version of the script.
type Guide struct {
	Version int
	Date    string
	Fields  []Field // in the order of the printed form
	Row     Row
	Routes  map[need.RouteKind]Route
	Texts   map[string]Text
}

// Text is one sentence in both languages. Words in braces, such as {term}, are
// replaced when it is said.
type Text struct {
	ZH string `yaml:"zh"`
	EN string `yaml:"en"`
}

// Field is how one field is asked.
type Field struct {
	Key    need.Key `yaml:"key"`
	Weight float64  `yaml:"weight"` // what knowing it is worth
	Burden float64  `yaml:"burden"` // what answering costs the contact
	Label  Text     `yaml:"label"`
	Ask    Text     `yaml:"ask"`    // the first question
	Retry  Text     `yaml:"retry"`  // the same in other words, where the first got no answer
	Again  Text     `yaml:"again"`  // for more of it, or from another side
	Probes []Text   `yaml:"probes"` // after a vague answer: clarifying, then the last concrete case
	Why    Text     `yaml:"why"`    // why we ask
	Means  Text     `yaml:"means"`  // what the question means, with an example of another trade
	// Choices are quick replies; a field with choices may be answered in free
	// words too.
	Choices []Choice `yaml:"choices"`
}

// Choice is one quick reply: a value, or a mark such as "declined".
type Choice struct {
	ID    string           `yaml:"id"`
	Label Text             `yaml:"label"`
	Value string           `yaml:"value"` // a code
	Min   float64          `yaml:"min"`   // money in 万元
	Max   float64          `yaml:"max"`   // 0: no upper end
	Mark  need.FieldStatus `yaml:"mark"`
}

// Row is how the missing parts of one row of indicators are asked, by {name}.
type Row struct {
	Target    Text `yaml:"target"`
	Current   Text `yaml:"current"`
	Unit      Text `yaml:"unit"`
	Condition Text `yaml:"condition"`
	Conflict  Text `yaml:"conflict"`
	Reached   Text `yaml:"reached"`
}

// Route is what is said about a wish that is no technology need.
type Route struct {
	Label Text `yaml:"label"`
	Ask   Text `yaml:"ask"`   // once: is there a technical cause behind it
	Close Text `yaml:"close"` // where the wish goes
}

// Load reads the built-in guide.
func Load() (*Guide, error) { return Parse(script) }

// Parse reads a guide and checks it; an unknown key or a missing language is an
// Invalid error.
func Parse(data []byte) (*Guide, error) {
	var doc struct {
		Version int                      `yaml:"version"`
		Date    string                   `yaml:"date"`
		Fields  []Field                  `yaml:"fields"`
		Row     Row                      `yaml:"row"`
		Routes  map[need.RouteKind]Route `yaml:"routes"`
		Texts   map[string]Text          `yaml:"texts"`
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&doc); err != nil {
		return nil, need.Errorf(need.Invalid, "guide_syntax", "read the guide: %w", err)
	}
	g := &Guide{Version: doc.Version, Date: doc.Date, Fields: doc.Fields, Row: doc.Row, Routes: doc.Routes, Texts: doc.Texts}
	if err := g.check(); err != nil {
		return nil, need.Errorf(need.Invalid, "guide_content", "guide of %s: %w", g.Date, err)
	}
	return g, nil
}

// Field returns how key k is asked, nil if it is not.
func (g *Guide) Field(k need.Key) *Field {
	for i := range g.Fields {
		if g.Fields[i].Key == k {
			return &g.Fields[i]
		}
	}
	return nil
}

// Label returns the name of a field in lang, the key itself if the guide does
// not know it.
func (g *Guide) Label(k need.Key, lang string) string {
	if f := g.Field(k); f != nil {
		return f.Label.In(lang)
	}
	if t, ok := g.Texts["label_"+string(k)]; ok {
		return t.In(lang)
	}
	return string(k)
}

// Choice returns the quick reply with this id and the field that it answers,
// nil if there is none.
func (g *Guide) Choice(id string) (*Field, *Choice) {
	for i := range g.Fields {
		for j := range g.Fields[i].Choices {
			if g.Fields[i].Choices[j].ID == id {
				return &g.Fields[i], &g.Fields[i].Choices[j]
			}
		}
	}
	return nil, nil
}

// Text returns the text of key in lang with pairs of placeholder and value
// filled in, such as "name", "导电率" for {name}.
func (g *Guide) Text(key, lang string, pairs ...string) string {
	return g.Texts[key].In(lang, pairs...)
}

// In returns the text in lang ("en", else Chinese) with the placeholders filled
// in.
func (t Text) In(lang string, pairs ...string) string {
	s := t.ZH
	if lang == "en" {
		s = t.EN
	}
	if len(pairs) == 0 {
		return s
	}
	fill := make([]string, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		fill[i], fill[i+1] = "{"+pairs[i]+"}", pairs[i+1]
	}
	return strings.NewReplacer(fill...).Replace(s)
}

// Set reports whether the text is there at all.
func (t Text) Set() bool { return t.ZH != "" || t.EN != "" }

// Name returns what the guide calls itself in events and print: its version
// and date.
func (g *Guide) Name() string { return fmt.Sprintf("guide-%d (%s)", g.Version, g.Date) }
