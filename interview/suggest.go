package interview

import (
	"tanxu/extract"
	"tanxu/need"
)

// suggest keeps what can be inferred from the need as a whole, beside the
// fields. What a model has suggested from the contact's words stands.
func (t *turn) suggest(n *need.Need) {
	for _, e := range extract.Suggestions(n, "") {
		if !t.s.talk(n.ID).inferred[e.Key] {
			t.emit(e)
		}
	}
}

// digest keeps keywords, summary and the problem without its trade, once the
// record is read back.
func (t *turn) digest(n *need.Need) {
	for _, e := range extract.Digest(n) {
		if !t.s.talk(n.ID).inferred[e.Key] {
			t.emit(e)
		}
	}
}
