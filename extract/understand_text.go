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
	got, err := u.Understand(ctx, UnderstandInput{Now: now, Heard: []Heard{{Ref: TextRef, Text: body, Rules: reading}}})
	if err == nil {
		reading = Merge(reading, got.Readings[TextRef])
	}
	return fromReading(reading, title, body, now), err
}
