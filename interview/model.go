package interview

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tanxu/extract"
	"tanxu/need"
)

// understand asks the model once what the new messages say. Its failure costs
// nothing but its help: the turn goes on by rules.
func (t *turn) understand(ctx context.Context, messages []Message, recent []Spoken) {
	if t.opt.Understand == nil || t.quiet {
		return
	}
	in := extract.UnderstandInput{Now: t.now, Need: t.s.Need(t.s.Active)}
	in.Asked = extract.AskedBefore{Keys: t.asked.Keys, Row: rowOf(t.asked.ID)}
	for _, s := range recent {
		in.Recent = append(in.Recent, extract.Utterance{Contact: s.Contact, Text: s.Text})
		if !s.Contact {
			in.Asked.Text = s.Text
		}
	}
	for _, n := range t.s.Needs {
		if n.Status == need.StatusDraft && n != in.Need {
			in.Parked = append(in.Parked, n)
		}
	}
	for _, m := range messages {
		if m.Choice != "" || m.Start || m.Unsupported != "" || !readable(m.Text) || len([]rune(m.Text)) > t.opt.MaxRunes {
			continue
		}
		if r := t.read.Read(m.Text, t.context(m, nil)); content(r) || !bareIntent(r) {
			in.Heard = append(in.Heard, extract.Heard{Ref: ref(m.ID), Text: m.Text, Rules: r})
		}
	}
	if len(in.Heard) == 0 {
		return
	}
	late := t.late(recent)
	in.Heard = append(t.heardLate(late), in.Heard...)
	ctx, cancel := context.WithTimeout(ctx, t.opt.Patience)
	defer cancel()
	out, err := t.opt.Understand.Understand(ctx, in)
	if err != nil {
		for _, h := range in.Heard[len(late):] {
			id := need.MessageID(strings.TrimPrefix(h.Ref, ref("")))
			t.emit(need.Event{Kind: need.CommandDropped, Message: id, Note: noteUnread + err.Error()})
		}
		return
	}
	for _, reason := range slices.Sorted(maps.Keys(out.Dropped)) {
		t.emit(need.Event{Kind: need.CommandDropped, Note: fmt.Sprintf("%d of the model: %s", out.Dropped[reason], reason)})
	}
	out.NewNeeds = slices.DeleteFunc(out.NewNeeds, func(e need.Evidence) bool {
		return slices.ContainsFunc(late, func(s Spoken) bool { return ref(s.ID) == e.Ref })
	})
	for _, s := range late {
		t.takeLate(s, out.Readings[ref(s.ID)])
	}
	t.model = out
}

// heardLate are earlier messages for the model to read with the new ones.
func (t *turn) heardLate(late []Spoken) (list []extract.Heard) {
	for _, s := range late {
		c := extract.Context{Ref: ref(s.ID), Now: t.now}
		list = append(list, extract.Heard{Ref: c.Ref, Text: s.Text, Rules: t.read.Read(s.Text, c)})
	}
	return list
}

// bareIntent reports whether the rules know all there is to know of a message:
// it is a command, or a plain yes or no.
func bareIntent(r extract.Reading) bool {
	return slices.ContainsFunc(r.Intents, func(i extract.Intent) bool {
		return i != extract.Chitchat && i != extract.AskBot && i != extract.NewNeed && i != extract.Correct && i != extract.Inject
	})
}

// reading is what a message says: by rules, and by the model where it answered.
func (t *turn) reading(m Message) extract.Reading {
	c := t.context(m, nil)
	if t.s.Need(t.s.Active) == nil {
		c.Asked = nil // first words may speak of anything
	}
	r := t.more(m, t.read.Read(m.Text, c))
	if said, ok := t.model.Readings[ref(m.ID)]; ok {
		return extract.Merge(r, said)
	}
	return r
}

// sorted reports whether the model has put the statements of a message where
// they belong: then the whole of it does not stand for the answer.
func sorted(r extract.Reading) bool {
	return slices.ContainsFunc(r.Values, func(f extract.Found) bool { return f.Model }) ||
		slices.ContainsFunc(r.Rows, func(f extract.RowFound) bool { return f.Model })
}
