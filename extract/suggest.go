package extract

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"tanxu/need"
)

// How much the words of a part of a need count for its labels.
const (
	titleWeight = 2.0
	coreWeight  = 1.5 // problem and scene
	restWeight  = 1.0
)

var (
	chainLexicon   = sync.OnceValue(func() *lexicon { return newLexicon(append(chainEntries(), elsewhere()), neutral) })
	clusterLexicon = sync.OnceValue(func() *lexicon { return newLexicon(clusterEntries(), neutral) })
	typeLexicon    = sync.OnceValue(func() *lexicon {
		return newLexicon(typeEntries(), "定型机 开发区 研究院 研究所 研究生 研发中心 设备科 设备部 产品经理")
	})
)

// Suggest infers the labels that nobody states from the need as a whole, each
// with the words that speak for it. A label that too little speaks for is left
// out: none is better than a wrong one. More is text that is not on record.
func Suggest(n *need.Need, more string) map[need.Key]need.Suggestion {
	parts := append(passages(n), passage{more, restWeight})
	out := map[need.Key]need.Suggestion{}
	chain := best(chainLexicon(), parts)
	put := func(k need.Key, t tally) {
		if t.label != "" {
			out[k] = need.Suggestion{Value: t.label, Why: strings.Join(t.words[:min(shownWords, len(t.words))], "、")}
		}
	}
	put(need.KeyChain, chain)
	put(need.KeyNeedType, typeOf(n, parts))
	cluster := best(clusterLexicon(), parts)
	if whole := clusterOf(chain.label); cluster.label == "" && whole != "" {
		cluster = tally{label: whole, words: chain.words}
	}
	put(need.KeyCluster, cluster)
	return out
}

// Suggestions are the events of those that a need does not have yet, in the
// order of their keys.
func Suggestions(n *need.Need, more string) []need.Event {
	found := Suggest(n, more)
	var out []need.Event
	for _, k := range slices.Sorted(maps.Keys(found)) {
		if s := found[k]; n.Suggested[k].Value != s.Value {
			out = append(out, need.Event{Kind: need.Suggested, Need: n.ID, Key: k, Note: s.Value, To: s.Why})
		}
	}
	return out
}

func best(l *lexicon, parts []passage) tally {
	if list := l.score(parts); len(list) > 0 && list[0].score >= enoughScore && (list[0].strong || len(list[0].words) > 1) {
		return list[0]
	}
	return tally{}
}

// passages are the parts of a need that say what it is about.
func passages(n *need.Need) []passage {
	parts := []passage{{n.Title, titleWeight}}
	add := func(weight float64, keys ...need.Key) {
		for _, k := range keys {
			if f := n.Fields[k]; f != nil {
				for _, item := range f.Items {
					parts = append(parts, passage{item.Value.Text, weight})
				}
			}
		}
	}
	add(coreWeight, need.KeyProblem, need.KeyScene)
	for _, row := range n.Indicators {
		parts = append(parts, passage{row.Name, coreWeight})
	}
	add(restWeight, need.KeyExpectedGoal, need.KeyKeyTech, need.KeyRootCause, need.KeyTried, need.KeyFoundation)
	return parts
}
