// Package bottest is what every channel must keep, as tests: run it from the
// tests of a channel package, with the far end of the channel as a harness.
package bottest

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"tanxu/bot"
	"tanxu/need"
)

// Inbox keeps messages in memory, each channel, bot and id once.
type Inbox struct {
	mu   sync.Mutex
	all  []bot.Inbound
	down bool
}

// Accept keeps the message, or returns an Unavailable error while it is down.
func (i *Inbox) Accept(_ context.Context, in bot.Inbound) (bot.Accepted, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.down {
		return bot.Accepted{}, need.Errorf(need.Unavailable, "unavailable", "the inbox is down")
	}
	at := slices.IndexFunc(i.all, func(old bot.Inbound) bool {
		return old.Channel == in.Channel && old.Bot == in.Bot && old.ID == in.ID
	})
	duplicate := at >= 0
	if !duplicate {
		at = len(i.all)
		i.all = append(i.all, in)
	}
	return bot.Accepted{
		Conversation: need.ConversationID(in.Chat),
		Message:      need.MessageID(fmt.Sprintf("m%d", at+1)),
		Duplicate:    duplicate,
	}, nil
}

// Messages are the texts and choices that were kept, oldest first; messages
// that only open a chat are left out.
func (i *Inbox) Messages() []bot.Inbound {
	i.mu.Lock()
	defer i.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(i.all), func(in bot.Inbound) bool { return in.Kind == bot.KindStart })
}

// SetDown has Accept fail, or work again.
func (i *Inbox) SetDown(down bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.down = down
}
