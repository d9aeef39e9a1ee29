package webchat

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"path"
	"strings"

	"tanxu/bot"
	"tanxu/need"
)

// MaxFile is the largest file that is taken.
const MaxFile = need.MaxFile

// upload is a file whose content fits its name.
type upload struct {
	name    string
	content []byte
	sum     string // of the content; the same file twice is one message
}

// file handles POST /api/v1/chat/sessions/{id}/files.
func (c *Channel) file(w http.ResponseWriter, r *http.Request, s Session) error {
	if err := c.limits.message(string(s.ID)); err != nil {
		return err
	}
	r.Body = http.MaxBytesReader(w, r.Body, MaxFile+64<<10)
	up, err := readUpload(r)
	if err != nil {
		return err
	}
	in, err := c.inbound(s, "file-"+up.sum)
	if err != nil {
		return err
	}
	in.Kind, in.Text = bot.KindUnsupported, fileLabel(s.Lang)+up.name
	if c.opt.Files != nil {
		in.Kind = bot.KindFile
		if in.Document, err = c.opt.Files.KeepFile(r.Context(), s, up.name, up.content); err != nil {
			return fmt.Errorf("keep file of %s: %w", s.ID, err)
		}
	}
	got, err := c.inbox.Accept(r.Context(), in)
	if err != nil {
		return fmt.Errorf("accept file of %s: %w", s.ID, err)
	}
	return writeJSON(w, http.StatusAccepted, struct {
		Message need.MessageID `json:"message_id"`
	}{got.Message})
}

func fileLabel(lang string) string {
	if lang == "en" {
		return "File: "
	}
	return "文件："
}

// readUpload finds the part named file and reads it to its end.
func readUpload(r *http.Request) (upload, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return upload{}, refuse(http.StatusUnsupportedMediaType, "content_type")
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return upload{}, refuse(http.StatusUnprocessableEntity, "file_missing")
		}
		if err != nil {
			return upload{}, brokenUpload(err)
		}
		if part.FormName() == "file" && part.FileName() != "" {
			return checkUpload(part)
		}
	}
}

func checkUpload(part *multipart.Part) (upload, error) {
	name := need.FileName(part.FileName())
	fits := contentCheck(strings.ToLower(path.Ext(name)))
	if fits == nil {
		return upload{}, refuse(http.StatusUnsupportedMediaType, "file_type")
	}
	content, err := io.ReadAll(io.LimitReader(part, MaxFile+1))
	switch {
	case err != nil:
		return upload{}, brokenUpload(err)
	case len(content) == 0:
		return upload{}, refuse(http.StatusUnprocessableEntity, "file_empty", name)
	case len(content) > MaxFile:
		return upload{}, refuse(http.StatusRequestEntityTooLarge, "file_too_large")
	case !fits(content[:min(len(content), 512)]):
		return upload{}, refuse(http.StatusUnprocessableEntity, "file_content", name)
	}
	sum := sha256.Sum256(content)
	return upload{name: name, content: content, sum: hex.EncodeToString(sum[:])[:32]}, nil
}

func brokenUpload(err error) error {
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		return refuse(http.StatusRequestEntityTooLarge, "file_too_large")
	}
	return refuse(http.StatusBadRequest, "body_broken")
}

// contentCheck tells by the first bytes whether a file can be what its
// extension says; nil for an extension that is not taken.
func contentCheck(ext string) func(head []byte) bool {
	magic := func(m string) func([]byte) bool {
		return func(head []byte) bool { return bytes.HasPrefix(head, []byte(m)) }
	}
	switch ext {
	case ".xlsx", ".docx", ".pdf", ".csv", ".txt":
		return func(head []byte) bool { return need.CheckFile(ext, head) == nil }
	case ".png":
		return magic("\x89PNG\r\n\x1a\n")
	case ".jpg", ".jpeg":
		return magic("\xff\xd8\xff")
	case ".ogg":
		return magic("OggS")
	default:
		return nil
	}
}
