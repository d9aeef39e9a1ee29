package jobs

import (
	"context"
	"path"
	"slices"
	"strings"
	"time"

	"tanxu/bot"
	"tanxu/interview"
	"tanxu/postgres"
)

// Transcriber writes down what is said in a recording, "" if nothing is.
type Transcriber interface {
	Transcribe(ctx context.Context, name, lang string, audio []byte) (string, error)
}

// voiceTimeout is for one voice note, its retries included: somebody waits, and
// a turn may find several.
const voiceTimeout = 25 * time.Second

// spoken reports whether a file is a recording, by its name.
func spoken(name string) bool {
	return slices.Contains([]string{".ogg", ".oga", ".mp3", ".m4a", ".wav", ".flac", ".webm"}, strings.ToLower(path.Ext(name)))
}

// hear has a voice note written down and its words stand as the text of the
// message, before the turn reads it: a turn that is run again finds the same
// words. Where that can't be, the message stays a file, with the reason. What
// nobody has agreed to yet is given to no endpoint.
func (w *turnWorker) hear(ctx context.Context, l postgres.Lease, work postgres.Work, m *postgres.Message, name string, audio []byte) (*interview.File, error) {
	f := &interview.File{Name: name, Problem: "voice"}
	if w.transcriber == nil || !interview.Fold(work.Events).Consent {
		return f, nil
	}
	timed, cancel := context.WithTimeout(ctx, voiceTimeout)
	defer cancel()
	text, err := w.transcriber.Transcribe(timed, name, work.Lang, audio)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		w.opt.Log.WarnContext(ctx, "voice note not written down", "conversation", l.Conversation, "message", m.ID, "error", err)
		f.Problem = "deaf"
		return f, nil
	case text == "":
		f.Problem = "silent"
		return f, nil
	}
	if err := w.store.KeepTranscript(ctx, l, m.ID, text); err != nil {
		return nil, err
	}
	m.Kind, m.Text = string(bot.KindVoice), text
	return nil, nil //nolint:nilnil // it is words now
}
