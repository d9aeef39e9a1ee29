package jobs

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"tanxu/bot"
	"tanxu/interview"
	"tanxu/need"
	"tanxu/postgres"
)

// input is what the engine reads of a conversation; files are those of its
// unread messages.
func input(work postgres.Work, files map[need.MessageID]*interview.File, now time.Time) interview.Input {
	in := interview.Input{Now: now, Role: work.Role}
	for _, m := range work.Unread {
		w := message(m)
		w.File = files[m.ID]
		in.Messages = append(in.Messages, w)
	}
	for _, m := range work.Recent {
		in.Recent = append(in.Recent, spokenOf(m))
	}
	return in
}

func spokenOf(m postgres.Message) interview.Spoken {
	s := interview.Spoken{Contact: m.From == "contact", Broker: m.From == "broker", Text: m.Text}
	if s.Contact && slices.Contains([]bot.InboundKind{bot.KindText, bot.KindVoice, bot.KindEdit}, bot.InboundKind(m.Kind)) {
		s.ID = m.ID
	}
	return s
}

func message(m postgres.Message) interview.Message {
	w := interview.Message{ID: m.ID, At: m.At, Text: m.Text, Start: m.Kind == "start", Voice: m.Kind == string(bot.KindVoice)}
	if m.Choice != nil {
		w.Choice = *m.Choice
	}
	if m.EditOf != nil {
		w.Edit, w.Replaces = true, need.MessageID(*m.EditOf)
	}
	if m.Kind == "unsupported" || m.Kind == "file" {
		w.Unsupported = cmp.Or(m.Text, "file")
	}
	return w
}

// result is what the store commits: the events, and all that follows from them.
func result(work postgres.Work, out interview.Output) postgres.TurnResult {
	after := interview.Fold(slices.Concat(work.Events, out.Events))
	r := postgres.TurnResult{
		Events: out.Events, Cursor: work.Cursor, Discard: out.Discard,
		Status: string(after.Phase), Owner: after.Owner, Lang: cmp.Or(after.Lang, work.Lang),
	}
	r.Progress.Done, r.Progress.Total = interview.Progress(after)
	for _, n := range after.Needs {
		if slices.ContainsFunc(out.Events, func(e need.Event) bool { return e.Need == n.ID }) {
			r.Needs = append(r.Needs, n)
		}
	}
	for _, s := range out.Say {
		if s.System || work.Owner == interview.OwnerBot || r.Owner == interview.OwnerBot {
			r.Say = append(r.Say, said(s)) // where a person speaks the bot is silent, whatever it has decided
		}
	}
	return r
}

func said(s interview.Say) postgres.Say {
	w := postgres.Say{Text: s.Text, Asks: s.Asks, Probe: s.Probe, AI: s.AI, System: s.System}
	for _, c := range s.Choices {
		w.Choices = append(w.Choices, postgres.Choice(c))
	}
	if s.Card != nil {
		w.Card = &postgres.Card{Title: s.Card.Title}
		for _, line := range s.Card.Lines {
			w.Card.Lines = append(w.Card.Lines, postgres.CardLine(line))
		}
	}
	return w
}

// quarantine passes over a message that no turn can read: brokers see it, the
// contact is told, and the chat goes on. Nothing is folded here, since that may
// be what fails.
func quarantine(work postgres.Work, tries int) postgres.TurnResult {
	text := "这条没有处理成功，已转给工作人员。您可以继续说。"
	if work.Lang == "en" {
		text = "That message could not be processed and has been passed on to our staff. Please go on."
	}
	m := work.Unread[0]
	r := postgres.TurnResult{
		Events: []need.Event{{
			Kind: need.Noted, At: time.Now(), By: need.System, Message: m.ID,
			Note: fmt.Sprintf("quarantine: %d turns failed on this message", tries),
		}},
		Cursor: work.Cursor, Status: work.Status, Owner: work.Owner, Lang: work.Lang, Progress: work.Progress,
	}
	if work.Owner == interview.OwnerBot {
		r.Say = []postgres.Say{{Text: text, AI: true}}
	}
	return r
}
