package need

import "strings"

// Scope is the part of the tree that somebody may see, and who it is. Every
// access to storage names one; there is none for everything.
type Scope struct {
	Path  CentrePath // the centre, with all below it
	Actor Actor
}

// Valid returns nil if s names a centre and an actor, a Denied error if not.
func (s Scope) Valid() error {
	switch {
	case !s.Path.Valid():
		return Errorf(Denied, "scope", "scope %q is no path of a centre", s.Path)
	case s.Actor == "":
		return Errorf(Denied, "scope", "scope %q without an actor", s.Path)
	}
	return nil
}

// Valid reports whether p is one or more names of [a-z0-9-], each ended by a
// slash.
func (p CentrePath) Valid() bool {
	names := strings.Split(string(p), "/")
	if len(names) < 2 || names[len(names)-1] != "" {
		return false
	}
	for _, name := range names[:len(names)-1] {
		if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
	}
	return true
}
