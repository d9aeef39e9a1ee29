package library

import (
	"slices"

	"tanxu/document"
	"tanxu/need"
)

// Subject is what a file of a library is about.
func Subject(l need.Library) *document.Subject {
	s := &document.Subject{Name: document.Target(l.NameField())}
	for _, c := range namesOf(l) {
		if !slices.Contains(Targets(l), c.key) {
			continue // of other libraries
		}
		s.Names = append(s.Names, document.Naming{Target: document.Target(c.key), Names: c.names})
	}
	for _, f := range l.Fields() {
		if f.Unit == wan {
			s.Money = append(s.Money, document.Target(f.Key))
		}
	}
	return s
}

// Targets are what a column of a file of a library can mean.
func Targets(l need.Library) []string {
	out := []string{"code"}
	for _, f := range l.Fields() {
		if f.Shape != need.ChecksField {
			out = append(out, f.Key)
		}
	}
	if l == need.Achievements {
		out = append(out, "ip_number", "ip_status", "ip_pledge") // columns of their own
	}
	return append(out, "shared", string(document.Number), string(document.Ignore))
}
