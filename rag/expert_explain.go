package rag

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"tanxu/need"
)

// work is what the detail of an expert says.
func work(e need.Expert) expertDetail {
	var d expertDetail
	if json.Unmarshal(e.Detail, &d) != nil {
		return expertDetail{}
	}
	return d
}

// expertSides are the texts of an expert from which may be cited.
func expertSides(e need.Expert) []side {
	var out []side
	add := func(ref, text string) { out = append(out, side{ref: ref, text: text}) }
	d := work(e)
	for i, p := range d.Projects {
		add("project:"+strconv.Itoa(i)+":title", p.Title)
		add("project:"+strconv.Itoa(i)+":result", p.Result)
	}
	for i, text := range d.Equipment {
		add("equipment:"+strconv.Itoa(i), text)
	}
	for i, text := range e.Keywords {
		add("keyword:"+strconv.Itoa(i), text)
	}
	add("summary", e.Summary)
	return out
}

// expertText is what an expert is found by; names of people and houses are not.
func expertText(e need.Expert) string {
	var parts []string
	for _, s := range expertSides(e) {
		parts = append(parts, s.text)
	}
	return strings.Join(parts, "\n")
}

// expertFields are the texts of an expert that get a vector each.
func expertFields(e need.Expert) map[string]string {
	var title, text []string
	for _, s := range expertSides(e) {
		if strings.HasPrefix(s.ref, "keyword") || strings.HasSuffix(s.ref, ":title") {
			title = append(title, s.text)
		} else if s.text != "" {
			text = append(text, s.text)
		}
	}
	out := map[string]string{}
	for field, parts := range map[string][]string{"title": title, "text": text} {
		if joined := strings.Join(parts, "；"); joined != "" {
			out[field] = joined
		}
	}
	return out
}

// shownOf is how many reasons of a kind are shown.
func shownOf(kind need.ReasonKind) int {
	if kind == need.ReasonProject {
		return 2
	}
	return 1
}

// explainExpert says why an expert may be asked about a need, by what the
// expert has done, has and works on; nobody is shown for chain or region alone.
func explainExpert(n *need.Need, e need.Expert, stats need.LexemeStats) []need.Reason {
	var found []shared
	for _, theirs := range expertSides(e) {
		var best shared
		for _, text := range needSides(n) {
			for _, ours := range limited(text.sentences()) {
				for _, sentence := range theirs.sentences() {
					if s := sharing(stats, ours, sentence); s.weight > best.weight {
						best = s
					}
				}
			}
		}
		if best.weight > 0 {
			best.reason.Kind = kindOf(theirs.ref)
			found = append(found, best)
		}
	}
	slices.SortStableFunc(found, func(x, y shared) int { return cmp.Compare(y.weight, x.weight) })
	var out []need.Reason
	shown := map[need.ReasonKind]int{}
	for _, s := range found {
		again := slices.ContainsFunc(out, func(o need.Reason) bool {
			return thing(o.Achievement.Ref) == thing(s.reason.Achievement.Ref) || o.Kind == s.reason.Kind && covers(o.Words, s.reason.Words)
		})
		if !again && shown[s.reason.Kind] < shownOf(s.reason.Kind) && stands(expertPart(e, s.reason.Achievement.Ref), s.reason.Achievement) {
			shown[s.reason.Kind]++
			out = append(out, s.reason)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return append(out, expertCodes(n, e)...)
}

// limited keeps the work small for needs of a thousand sentences.
func limited(list []side) []side { return list[:min(100, len(list))] }

func kindOf(ref string) need.ReasonKind {
	switch {
	case strings.HasPrefix(ref, "project:"):
		return need.ReasonProject
	case strings.HasPrefix(ref, "equipment:"):
		return need.ReasonEquipment
	default:
		return need.ReasonWords
	}
}

// thing names the thing that a citation is of: title and result are of one
// project.
func thing(ref string) string {
	return strings.TrimSuffix(strings.TrimSuffix(ref, ":title"), ":result")
}

// expertCodes compares chain and region where both sides name the same.
func expertCodes(n *need.Need, e need.Expert) []need.Reason {
	var out []need.Reason
	if chain, evidence := code(n, need.KeyChain); chain != "" && chain == e.Chain {
		out = append(out, need.Reason{
			Kind: need.ReasonChain, Field: string(need.KeyChain), Wanted: chain, Offered: chain, Need: evidence, Achievement: whole("chain", e.Chain),
		})
	}
	if region, evidence := code(n, need.KeyRegion); region != "" && region == regionName(e.Region) {
		out = append(out, need.Reason{
			Kind: need.ReasonRegion, Field: string(need.KeyRegion), Wanted: region, Offered: region, Need: evidence, Achievement: whole("region", e.Region),
		})
	}
	return out
}

// expertPart returns the text that a citation points into.
func expertPart(e need.Expert, ref string) string {
	for _, s := range expertSides(e) {
		if s.ref == ref {
			return s.text
		}
	}
	return ""
}

// SayExpert writes a reason of a match with an expert.
func SayExpert(r need.Reason, lang string) string {
	words := quoted(r.Words, "「", "」", "、")
	if lang == "en" {
		words = quoted(r.Words, "“", "”", ", ")
	}
	switch r.Kind {
	case need.ReasonProject:
		return pick(lang, "做过相关项目，同样涉及", "Has worked on ") + words
	case need.ReasonEquipment:
		return pick(lang, "有相关设备，涉及", "Has equipment for ") + words
	case need.ReasonWords:
		return pick(lang, "研究方向与需求都谈到", "The field of work and the need both speak of ") + words
	case need.ReasonRegion:
		return pick(lang, "专家同在"+r.Offered, "The expert is in "+r.Offered+" too")
	default:
		return Say(r, lang)
	}
}
