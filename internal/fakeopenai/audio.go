package fakeopenai

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

// maxAudio bounds a recording.
const maxAudio = 25 << 20

// transcribe answers with the scripted transcript of a recording. In mode Blank
// nothing was understood, in mode NotJSON it comes as plain text.
func (s *Server) transcribe(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxAudio)
	file, head, err := r.FormFile("file")
	if err != nil {
		writeError(w, http.StatusBadRequest, "invalid_request_error", "no recording")
		return
	}
	defer file.Close()
	audio, err := io.ReadAll(file)
	if err != nil {
		return // the client is gone
	}
	req := Request{Path: r.URL.Path, Body: audio, Model: r.FormValue("model"), User: head.Filename}
	mode := s.next(req)
	if s.early(w, r, mode) {
		return
	}
	text := ""
	if s.opt.Transcript != nil {
		text = s.opt.Transcript(req)
	}
	switch mode.Fault {
	case Blank:
		text = strings.Repeat(" ", 4)
	case NotJSON:
		_, _ = io.WriteString(w, "好的，我来听一下。") // the client may be gone
		return
	case Huge:
		text = strings.Repeat("涂布机走带跑偏。", 2<<20/24)
	default:
	}
	body, err := json.Marshal(map[string]string{"text": text})
	if err != nil {
		writeError(w, http.StatusInternalServerError, "fake", err.Error())
		return
	}
	if mode.Fault == Drip || mode.Fault == Stall {
		s.slow(w, r, body, mode.Fault == Stall)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body)
}
