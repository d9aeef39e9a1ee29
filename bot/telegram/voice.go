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

// maxVoice is the largest file that Telegram hands out to bots, and
// voiceTimeout how long it may take.
const (
	maxVoice     = need.MaxFile
	voiceTimeout = 20 * time.Second
)

// recording returns the file of a message that is a voice note or a piece of
// sound and nothing else.
func recording(m *tgbotapi.Message) (file string, size int, ok bool) {
	switch {
	case m == nil || m.Caption != "":
		return "", 0, false
	case m.Voice != nil:
		return m.Voice.FileID, m.Voice.FileSize, true
	case m.Audio != nil:
		return m.Audio.FileID, m.Audio.FileSize, true
	default:
		return "", 0, false
	}
}

// keepVoice fetches the sound of a message and keeps it. What Telegram does not
// hand out is said to be lost: it must not block the chats behind it. An error
// says that the file could not be kept now.
func (c *Channel) keepVoice(ctx context.Context, m *tgbotapi.Message, in *bot.Inbound) error {
	file, size, ok := recording(m)
	if !ok || c.cfg.Files == nil {
		return nil
	}
	if size > maxVoice {
		in.Text = bot.VoiceLarge
		return nil
	}
	timed, cancel := context.WithTimeout(ctx, voiceTimeout)
	defer cancel()
	content, ext, err := c.download(timed, file)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		c.cfg.Log.WarnContext(ctx, "telegram voice note", "error", err)
		in.Text = bot.VoiceLost
		return nil
	case len(content) > maxVoice:
		in.Text = bot.VoiceLarge
		return nil
	}
	name := fmt.Sprintf("voice-%d%s", m.MessageID, ext)
	id, err := c.cfg.Files.KeepFile(ctx, c.bot, in.Chat, name, content)
	if need.KindOf(err) == need.NotFound {
		return nil // consent comes first
	}
	if err != nil {
		return fmt.Errorf("keep voice note %d: %w", m.MessageID, err)
	}
	in.Kind, in.Document, in.Text = bot.KindFile, id, "语音："+name
	if in.Lang == "en" {
		in.Text = "Voice note: " + name
	}
	return nil
}

// download fetches a file and its extension; content over maxVoice is cut one
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
	content, err = io.ReadAll(io.LimitReader(resp.Body, maxVoice+1))
	if err != nil {
		return nil, "", fmt.Errorf("fetch file: %w", err)
	}
	ext = cmp.Or(path.Ext(f.FilePath), ".ogg")
	if ext == ".oga" {
		ext = ".ogg" // the same, and known to more endpoints
	}
	return content, ext, nil
}
