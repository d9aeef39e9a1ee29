package need

import (
	"errors"
	"fmt"
)

// Kind says what a caller can do about an error. Each edge maps it once.
type Kind int

// Every error of the domain has one of these kinds.
const (
	Internal    Kind = iota // nothing; it is our fault
	Invalid                 // change the input
	NotFound                // look elsewhere; also given for objects of other centres
	Conflict                // read again, then retry
	Unavailable             // retry later
	Denied                  // authenticate, or ask for a scope
	TooMany                 // slow down
)

// Error is an error with a kind, a stable code that clients and translations
// rely on (such as "text_too_long"), and a text for the log.
type Error struct {
	Kind Kind
	Code string
	err  error
}

// Errorf returns an error of kind k. The code is a stable snake_case word.
func Errorf(k Kind, code, format string, args ...any) error {
	return &Error{Kind: k, Code: code, err: fmt.Errorf(format, args...)}
}

// Error returns the text for the log; people are shown a translation of Code.
func (e *Error) Error() string { return e.err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.err }

// KindOf returns the kind of the first Error in err's chain, Internal if none.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// CodeOf returns the code of the first Error in err's chain, "internal" if none.
func CodeOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok && e.Code != "" {
		return e.Code
	}
	return "internal"
}
