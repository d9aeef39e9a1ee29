package interview

import (
	"slices"
	"strings"

	"tanxu/interview/guide"
	"tanxu/need"
)

// The ids of questions that ask for several fields at once, which are answered
// by a word or two each.
const (
	askedClosing = "closing.ask"
	askedOwners  = "owners.ask"
)

// closing are the fields that one question near the end asks for together.
func closing() []need.Key { return []need.Key{need.KeyCoopMode, need.KeyBudget, need.KeyDeadline} }

// owners are whose the results will be, and who decides.
func owners() []need.Key { return []need.Key{need.KeyIPTerms, need.KeyDecisionOwner} }

// together puts first questions into one where two of them or more are still to
// come. What the answer leaves open is asked alone.
func (t *turn) together(n *need.Need, best *candidate) *candidate {
	if best == nil || !strings.HasSuffix(best.id, ".ask") {
		return best
	}
	for id, group := range map[string][]need.Key{askedClosing: closing(), askedOwners: owners()} {
		if !slices.Contains(group, best.key) || t.s.askedAs(n.ID, id) {
			continue
		}
		open := slices.DeleteFunc(group, func(k need.Key) bool {
			f := n.Field(k)
			return f.Status != need.Missing || f.Asks > 0 || t.s.talk(n.ID).closed[k]
		})
		if len(open) > 1 {
			return t.askedForAll(id, open)
		}
	}
	return best
}

// askedForAll is the one question for several fields.
func (t *turn) askedForAll(id string, keys []need.Key) *candidate {
	c := &candidate{id: id, key: keys[0], keys: keys, text: t.guide.Texts["ask_owners"]}
	if id == askedOwners {
		return c
	}
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = t.text("closing_" + string(k))
	}
	sep := "、"
	if t.lang() == "en" {
		sep = ", "
	}
	text := t.guide.Texts["ask_closing"].In(t.lang(), "list", strings.Join(parts, sep))
	c.text = guide.Text{ZH: text, EN: text}
	return c
}

// askedInGroup reports whether a field was asked together with others only.
func (t *turn) askedInGroup(n *need.Need, k need.Key) bool {
	in := slices.Contains(closing(), k) && t.s.askedAs(n.ID, askedClosing) || slices.Contains(owners(), k) && t.s.askedAs(n.ID, askedOwners)
	return in && !t.s.askedAs(n.ID, string(k)+".ask")
}
