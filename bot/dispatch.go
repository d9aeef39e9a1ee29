package bot

import (
	"context"
	"fmt"
)

// Dispatch sends each message through its channel. Keys are names of channels.
type Dispatch map[string]Sender

// Send hands out to the sender of its channel. A channel that this process does
// not serve is an error that a later try, with another configuration, may heal.
func (d Dispatch) Send(ctx context.Context, out Outbound) (Receipt, error) {
	s := d[out.Channel]
	if s == nil {
		return Receipt{}, &RetryError{Err: fmt.Errorf("channel %q is not served", out.Channel)}
	}
	return s.Send(ctx, out)
}

// limited is a sender that says what its channel can do.
type limited interface{ Capabilities() Capabilities }

// Capabilities returns what a channel can do; the zero value, which limits
// nothing and has no buttons, for one that does not say.
func (d Dispatch) Capabilities(channel string) Capabilities {
	if s, ok := d[channel].(limited); ok {
		return s.Capabilities()
	}
	return Capabilities{}
}
