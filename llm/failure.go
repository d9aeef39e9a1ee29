package llm

import (
	"fmt"
	"time"
)

// Failure is why an endpoint gave no usable answer. Its Kind is one of the
// errors of this package, so that errors.Is tells callers what to do, while
// the decorators read whether and when the same call is worth another try.
type Failure struct {
	Kind   error         // ErrDown, ErrBlank or ErrInvalid
	Status int           // of HTTP, 0 if there was no answer
	Again  bool          // the same call may well succeed later
	After  time.Duration // what the endpoint asked to wait; 0 if nothing
	Err    error         // what happened, without any secret
}

// Error names the kind first, then what happened.
func (f *Failure) Error() string {
	if f.Status > 0 {
		return fmt.Sprintf("%v: status %d: %v", f.Kind, f.Status, f.Err)
	}
	return fmt.Sprintf("%v: %v", f.Kind, f.Err)
}

// Unwrap returns both the kind and the cause.
func (f *Failure) Unwrap() []error { return []error{f.Kind, f.Err} }
