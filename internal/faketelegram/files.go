package faketelegram

import (
	"net/http"
	"strconv"
)

// maxFile is the largest file that a bot may fetch.
const maxFile = 20 << 20

// Voice queues a voice note.
func (s *Server) Voice(chat int64, content []byte) {
	s.mu.Lock()
	s.nextID++
	id := "v" + strconv.Itoa(s.nextID)
	s.files["voice/"+id+".oga"] = content
	s.mu.Unlock()
	s.queue(chat, "zh-hans", "message", map[string]any{"voice": map[string]any{
		"file_id": id, "file_unique_id": id, "duration": 3, "mime_type": "audio/ogg", "file_size": len(content),
	}})
}

func (s *Server) getFile(id string) (int, string, any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := "voice/" + id + ".oga"
	content, ok := s.files[path]
	switch {
	case !ok:
		return http.StatusBadRequest, "Bad Request: invalid file_id", nil
	case len(content) > maxFile:
		return http.StatusBadRequest, "Bad Request: file is too big", nil
	}
	return 200, "", map[string]any{"file_id": id, "file_unique_id": id, "file_size": len(content), "file_path": path}
}

// download hands out a file; as a method it is called "file".
func (s *Server) download(w http.ResponseWriter, r *http.Request, path string) {
	if fault := s.enter("file"); fault != nil {
		fail(w, r, *fault)
		return
	}
	s.mu.Lock()
	content, ok := s.files[path]
	s.mu.Unlock()
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	_, _ = w.Write(content) // the client may be gone
}
