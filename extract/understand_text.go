package extract

import (
	"context"
	"time"

	"tanxu/need"
)

// FromText reads a whole text as FromText of the rules does, with the model's
// help. When the model gives nothing usable the need is that of the rules, and
// the error says why.
func (u *Understander) FromText(ctx context.Context, r *Rules, title, body string, now time.Time) (*need.Need, error) {
	reading := r.Read(body, Context{Ref: TextRef, Now: now})
	heard := []Heard{{Ref: TextRef, Text: body, Rules: reading}}
	if title != "" {
		heard = append(heard, Heard{Ref: TitleRef, Text: title})
	}
	got, err := u.Understand(ctx, UnderstandInput{Now: now, Heard: heard})
	if err == nil {
		said := got.Readings[TextRef]
		said.Values = append(said.Values, got.Readings[TitleRef].Values...)
		said.Rows = append(said.Rows, got.Readings[TitleRef].Rows...)
		reading = Merge(reading, said)
	}
	return fromReading(reading, title, body, now), err
}
