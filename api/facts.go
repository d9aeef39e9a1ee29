package api

import (
	"math"
	"slices"
	"strconv"

	"tanxu/need"
)

// mostFigure is more than any figure of a firm.
const mostFigure = 1e9

// knowledgeOf reads the facts of a caller: what cannot be one is an Invalid
// error that names it.
func knowledgeOf(facts map[string]any) (need.Knowledge, error) {
	known := need.Knowledge{}
	for name, raw := range facts {
		f := need.Fact(name)
		v, ok := factOf(f, raw)
		if !ok || f == need.FactDay {
			return nil, need.Errorf(need.Invalid, "fact", "fact %.40q cannot be %.80v", name, raw)
		}
		v.From = need.FactOfCaller
		known[f] = v
	}
	return known, nil
}

func factOf(f need.Fact, raw any) (v need.FactValue, ok bool) {
	switch f.Shape() {
	case need.FlagFact:
		v.Yes, ok = raw.(bool)
	case need.NumberFact:
		v.Low, v.High, ok = figureOf(raw)
	case need.CodeFact:
		v.Code, ok = raw.(string)
		_, err := strconv.Atoi(v.Code)
		ok = ok && (slices.Contains(f.Words(), v.Code) || f == need.FactRegion && len(v.Code) == 6 && err == nil)
	case need.TagsFact:
		v.Tags, ok = tagsOf(f, raw)
	}
	return v, ok
}

// figureOf reads a number, or the range that it lies in.
func figureOf(raw any) (low, high float64, ok bool) {
	switch x := raw.(type) {
	case float64:
		low, high = x, x
	case map[string]any:
		var okLow, okHigh bool
		low, okLow = x["min"].(float64)
		high, okHigh = x["max"].(float64)
		if !okLow || !okHigh || len(x) != 2 {
			return 0, 0, false
		}
	default:
		return 0, 0, false
	}
	return low, high, low >= 0 && low <= high && high <= mostFigure && !math.IsNaN(low)
}

func tagsOf(f need.Fact, raw any) (map[string]bool, bool) {
	list, ok := raw.(map[string]any)
	if !ok || len(list) == 0 {
		return nil, false
	}
	tags := make(map[string]bool, len(list))
	for word, had := range list {
		yes, isFlag := had.(bool)
		if !isFlag || !slices.Contains(f.Words(), word) {
			return nil, false
		}
		tags[word] = yes
	}
	return tags, true
}
