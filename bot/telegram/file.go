package telegram

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"tanxu/bot"
	"tanxu/need"
)

// maxFile is the largest file that Telegram hands out to bots, and fileTimeout
// how long it may take.
const (
	maxFile     = need.MaxFile
	fileTimeout = 20 * time.Second
)

// attachment is what hangs on a message beside its words.
type attachment struct {
	id    string
	size  int
	name  string // as the sender gave it; "" for what Telegram made itself
	stem  string // of the name otherwise
	voice bool
}

// attached returns the file of a message; false for one without, or with one
// that nobody could look into, such as a sticker or a film.
func attached(m *tgbotapi.Message) (attachment, bool) {
	switch {
	case m == nil:
		return attachment{}, false
	case m.Voice != nil:
		return attachment{id: m.Voice.FileID, size: m.Voice.FileSize, stem: "voice", voice: true}, true
	case m.Audio != nil:
		return attachment{id: m.Audio.FileID, size: m.Audio.FileSize, stem: "voice", voice: true}, true
	case m.Document != nil:
		return attachment{id: m.Document.FileID, size: m.Document.FileSize, name: m.Document.FileName, stem: "file"}, true
	case len(m.Photo) > 0:
		best := m.Photo[len(m.Photo)-1] // sizes stand from small to large
		return attachment{id: best.FileID, size: best.FileSize, stem: "photo"}, true
	default:
		return attachment{}, false
	}
}

// attachments returns the messages that a message stands for: its words, or its
// caption, and its file. An error says that the file could not be kept now.
func (c *Channel) attachments(ctx context.Context, m *tgbotapi.Message, in bot.Inbound) ([]bot.Inbound, error) {
	file, ok := attached(m)
	if !ok || c.cfg.Files == nil {
		return []bot.Inbound{in}, nil
	}
	list := []bot.Inbound{in}
	if m.Caption != "" {
		words := in
		in.ID, in.Text, in.Kind = in.ID+":f", contentType(m), bot.KindUnsupported
		list = []bot.Inbound{words, in}
	}
	return list, c.keep(ctx, m, file, &list[len(list)-1])
}

// keep fetches a file and keeps it. What Telegram does not hand out is said to
// be lost: it must not block the chats behind it.
func (c *Channel) keep(ctx context.Context, m *tgbotapi.Message, file attachment, in *bot.Inbound) error {
	large, lost := bot.FileLarge, bot.FileLost
	if file.voice {
		large, lost = bot.VoiceLarge, bot.VoiceLost
	}
	if file.size > maxFile {
		in.Text = large
		return nil
	}
	timed, cancel := context.WithTimeout(ctx, fileTimeout)
	defer cancel()
	content, ext, err := c.download(timed, file.id)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		c.cfg.Log.WarnContext(ctx, "telegram file", "error", err)
		in.Text = lost
		return nil
	case len(content) > maxFile:
		in.Text = large
		return nil
	}
	name := need.FileName(file.name)
	if file.name == "" {
		name = fmt.Sprintf("%s-%d%s", file.stem, m.MessageID, ext)
	}
	id, err := c.cfg.Files.KeepFile(ctx, c.bot, in.Chat, name, content)
	if need.KindOf(err) == need.NotFound {
		return nil // consent comes first
	}
	if err != nil {
		return fmt.Errorf("keep the file of message %d: %w", m.MessageID, err)
	}
	in.Kind, in.Document, in.Text = bot.KindFile, id, label(in.Lang, file.voice)+name
	return nil
}

// label stands before the name of a file in a transcript.
func label(lang string, voice bool) string {
	switch {
	case voice && lang == "en":
		return "Voice note: "
	case voice:
		return "语音："
	case lang == "en":
		return "File: "
	default:
		return "文件："
	}
}

// download fetches a file and its extension; content over maxFile is cut one
// byte behind it.
func (c *Channel) download(ctx context.Context, file string) (content []byte, ext string, err error) {
	result, err := c.call(ctx, "getFile", tgbotapi.Params{"file_id": file})
	if err != nil {
		return nil, "", err
	}
	var f tgbotapi.File
	if err := json.Unmarshal(result, &f); err != nil {
		return nil, "", fmt.Errorf("decode file: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf(c.files, c.cfg.Token, f.FilePath), nil)
	if err != nil {
		return nil, "", fmt.Errorf("address of file: not one")
	}
	resp, err := client{ctx: ctx, http: c.cfg.Client}.Do(req)
	if err != nil {
		return nil, "", fmt.Errorf("fetch file: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, "", fmt.Errorf("fetch file: status %d", resp.StatusCode)
	}
	content, err = io.ReadAll(io.LimitReader(resp.Body, maxFile+1))
	if err != nil {
		return nil, "", fmt.Errorf("fetch file: %w", err)
	}
	ext = cmp.Or(path.Ext(f.FilePath), ".ogg")
	if ext == ".oga" {
		ext = ".ogg" // the same, and known to more endpoints
	}
	return content, ext, nil
}
