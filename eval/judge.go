package eval

import (
	"slices"
	"strings"

	"tanxu/need"
	"tanxu/postgres"
)

// JudgedPair is a need and an achievement with the level that what brokers and
// both sides did says of it, in the form that ReadMatchData reads. Rank is the
// best place at which it was shown: pairs that stood low were seen less, so that
// a set of such pairs flatters the ranking that chose them.
type JudgedPair struct {
	Need        string `json:"need"`
	Achievement string `json:"achievement"`
	Level       int    `json:"level"`
	Rank        int    `json:"rank"`
	Clicks      int    `json:"clicks"`
}

// Judge sums judgements up, pair by pair. The last word counts; clicks are
// counted and say no level, since people look at what stands first.
func Judge(list []postgres.Judgement) []JudgedPair {
	byPair := map[[2]string]*JudgedPair{}
	for _, j := range list {
		if j.Library != need.Achievements {
			continue // nothing ranks them
		}
		key := [2]string{string(j.Need), string(j.Entry)}
		p := byPair[key]
		if p == nil {
			p = &JudgedPair{Need: key[0], Achievement: key[1]}
			byPair[key] = p
		}
		if j.Rank > 0 && (p.Rank == 0 || j.Rank < p.Rank) {
			p.Rank = j.Rank
		}
		if j.Kind == "clicked" {
			p.Clicks++
			continue
		}
		p.Level = levelOf(j)
	}
	var out []JudgedPair
	for _, p := range byPair {
		if p.Level > 0 {
			out = append(out, *p)
		}
	}
	slices.SortFunc(out, func(a, b JudgedPair) int { return strings.Compare(a.Need+a.Achievement, b.Need+b.Achievement) })
	return out
}

// levelOf says how well a pair fits: 1 nothing to do with each other, 2 near,
// 3 worth an introduction, 4 a contract.
func levelOf(j postgres.Judgement) int {
	switch j.Kind {
	case "signed", "solved":
		return 4
	case "recommended", "agreed", "refused": // who refuses has seen that it fits, and does not want to
		return 3
	}
	switch j.Reason {
	case "other_field", "other_object", "scientific":
		return 1
	default:
		return 2
	}
}
