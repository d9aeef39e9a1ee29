package rag

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tanxu/need"
)

// SayRule writes a rule as it was published, in English as it is decided.
func SayRule(r need.FinanceRule, lang string) string {
	if r.Text != "" && (lang != "en" || r.When.Op == need.ByHuman) {
		return r.Text
	}
	return sayCondition(r.When, lang)
}

// SayOutcome explains the verdict on a rule by what is known.
func SayOutcome(o need.RuleOutcome, k need.Knowledge, lang string) string {
	if o.Rule.When.Op == need.ByHuman {
		return pick(lang, "需由资金方人工判断", "the provider has to judge this")
	}
	var known []string
	for _, f := range o.Used {
		if f != need.FactDay {
			known = append(known, SayFact(f, k[f], lang))
		}
	}
	verdict := map[need.Verdict]string{
		need.Met:      pick(lang, "符合", "met"),
		need.NotMet:   pick(lang, "不符合", "not met"),
		need.NotKnown: pick(lang, "尚不清楚", "not known"),
	}[o.Verdict]
	if len(known) == 0 {
		return verdict
	}
	return verdict + pick(lang, "（已知：", " (known: ") + strings.Join(known, pick(lang, "；", "; ")) + pick(lang, "）", ")")
}

// SayFact writes what is known of a fact.
func SayFact(f need.Fact, v need.FactValue, lang string) string {
	w := wordsOf(f)
	name := pick(lang, w.name, w.nameEN)
	switch f.Shape() {
	case need.FlagFact:
		if v.Yes {
			return name
		}
		return pick(lang, w.no, w.noEN)
	case need.CodeFact:
		return name + pick(lang, "为", ": ") + codeName(f, v.Code)
	case need.TagsFact:
		return name + pick(lang, "：", ": ") + sayTags(f, v.Tags, lang)
	default:
		return name + " " + sayRange(v.Low, v.High, lang) + " " + pick(lang, w.unit, w.unitEN)
	}
}

// SayQuestion writes the question that would make a fact known.
func SayQuestion(q need.FactQuestion, lang string) string {
	w := wordsOf(q.Fact)
	text := pick(lang, w.ask, w.askEN)
	if q.Tag != "" {
		return fmt.Sprintf(text, q.Tag)
	}
	return text
}

func sayTags(f need.Fact, tags map[string]bool, lang string) string {
	var out []string
	for _, word := range f.Words() {
		switch had, said := tags[word]; {
		case said && had:
			out = append(out, word)
		case said:
			out = append(out, pick(lang, "非", "not ")+word)
		}
	}
	return strings.Join(out, pick(lang, "、", ", "))
}

func sayRange(low, high float64, lang string) string {
	switch {
	case low == high:
		return number(low)
	case low <= 0:
		return pick(lang, "不超过 ", "at most ") + number(high)
	case high >= 1e9:
		return pick(lang, "至少 ", "at least ") + number(low)
	default:
		return number(low) + pick(lang, " 至 ", " to ") + number(high)
	}
}

// sayCondition writes a condition in words.
func sayCondition(c need.Condition, lang string) string {
	w := wordsOf(c.Fact)
	name, unit := pick(lang, w.name, w.nameEN), pick(lang, w.unit, w.unitEN)
	switch c.Op {
	case need.All, need.Any:
		var parts []string
		for _, part := range c.Parts {
			parts = append(parts, sayCondition(part, lang))
		}
		if c.Op == need.All {
			return strings.Join(parts, pick(lang, "，且", ", and "))
		}
		return strings.Join(parts, pick(lang, "，或", ", or "))
	case need.Not:
		return pick(lang, "不是：", "not: ") + sayCondition(c.Parts[0], lang)
	case need.Least:
		return name + pick(lang, "不少于 ", " at least ") + number(c.Low) + " " + unit
	case need.Most:
		if c.Fact == need.FactDay {
			return pick(lang, "产品有效期至 ", "offered until ") + dayOf(c.High)
		}
		return name + pick(lang, "不超过 ", " at most ") + number(c.High) + " " + unit
	case need.Range:
		return name + " " + sayRange(c.Low, c.High, lang) + " " + unit
	case need.In:
		return name + pick(lang, "为", ": ") + sayWords(c, lang)
	default:
		return sayIs(c, w, lang)
	}
}

func sayIs(c need.Condition, w factWords, lang string) string {
	switch {
	case c.Fact.Shape() != need.FlagFact:
		return pick(lang, w.name, w.nameEN) + pick(lang, "为", ": ") + sayWords(c, lang)
	case c.Yes:
		return pick(lang, w.name, w.nameEN)
	default:
		return pick(lang, w.no, w.noEN)
	}
}

func sayWords(c need.Condition, lang string) string {
	words := make([]string, len(c.Words))
	for i, word := range c.Words {
		words[i] = codeName(c.Fact, word)
	}
	return strings.Join(words, pick(lang, "或", " or "))
}

// codeName is the name of a region; other codes are names themselves.
func codeName(f need.Fact, code string) string {
	if f != need.FactRegion {
		return code
	}
	i := slices.IndexFunc(need.Regions(), func(r need.Region) bool { return r.Code == code })
	switch {
	case i >= 0:
		return need.Regions()[i].Name
	case code == "360000":
		return "江西省"
	default:
		return code
	}
}

func dayOf(n float64) string {
	d := int(n)
	return fmt.Sprintf("%04d-%02d-%02d", d/10000, d/100%100, d%100)
}

func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

func pick(lang, zh, en string) string {
	if lang == "en" {
		return en
	}
	return zh
}
