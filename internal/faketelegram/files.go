package faketelegram

import (
	"net/http"
	"path"
	"strconv"
	"strings"
)

// maxFile is the largest file that a bot may fetch.
const maxFile = 20 << 20

// Voice queues a voice note.
func (s *Server) Voice(chat int64, content []byte) {
	id := s.put("voice/", ".oga", content)
	s.queue(chat, "zh-hans", "message", map[string]any{"voice": map[string]any{
		"file_id": id, "file_unique_id": id, "duration": 3, "mime_type": "audio/ogg", "file_size": len(content),
	}})
}

// Document queues a file, with a caption where that is not "".
func (s *Server) Document(chat int64, name string, content []byte, caption string) {
	id := s.put("documents/", path.Ext(name), content)
	s.queue(chat, "zh-hans", "message", captioned(caption, map[string]any{"document": map[string]any{
		"file_id": id, "file_unique_id": id, "file_name": name, "file_size": len(content),
	}}))
}

// Photo queues a picture in two sizes, the small one of which cannot be had.
func (s *Server) Photo(chat int64, content []byte, caption string) {
	id := s.put("photos/", ".jpg", content)
	s.queue(chat, "zh-hans", "message", captioned(caption, map[string]any{"photo": []any{
		map[string]any{"file_id": "small", "file_unique_id": "small", "width": 90, "height": 60, "file_size": 1},
		map[string]any{"file_id": id, "file_unique_id": id, "width": 1280, "height": 853, "file_size": len(content)},
	}}))
}

func captioned(caption string, m map[string]any) map[string]any {
	if caption != "" {
		m["caption"] = caption
	}
	return m
}

// put keeps a file and returns its id.
func (s *Server) put(folder, ext string, content []byte) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextID++
	id := "f" + strconv.Itoa(s.nextID)
	s.files[folder+id+ext] = content
	return id
}

func (s *Server) getFile(id string) (int, string, any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path, content, ok := "", []byte(nil), false
	for at, kept := range s.files {
		if strings.Contains(at, "/"+id+".") {
			path, content, ok = at, kept, true
		}
	}
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
