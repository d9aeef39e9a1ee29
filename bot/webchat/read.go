package webchat

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"tanxu/need"
)

// messages handles GET /api/v1/chat/sessions/{id}/messages.
func (c *Channel) messages(w http.ResponseWriter, r *http.Request, s Session) error {
	v, err := c.store.View(r.Context(), s, need.MessageID(r.URL.Query().Get("after")))
	if err != nil {
		return fmt.Errorf("read messages of %s: %w", s.ID, err)
	}
	return writeJSON(w, http.StatusOK, reply{toMessages(v.Messages), c.state(v)})
}

// record handles GET /api/v1/chat/sessions/{id}/record.
func (c *Channel) record(w http.ResponseWriter, r *http.Request, s Session) error {
	needs, err := c.needs(r, s)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, struct {
		Needs []json.RawMessage `json:"needs"`
	}{needs})
}

// export handles GET /api/v1/chat/sessions/{id}/export: all that is kept of
// the contact, as a file.
func (c *Channel) export(w http.ResponseWriter, r *http.Request, s Session) error {
	v, err := c.store.View(r.Context(), s, "")
	if err != nil {
		return fmt.Errorf("export %s: %w", s.ID, err)
	}
	needs, err := c.needs(r, s)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", `attachment; filename="tanxu-`+string(s.ID)+`.json"`)
	return writeJSON(w, http.StatusOK, struct {
		Session  need.ConversationID `json:"session_id"`
		Created  time.Time           `json:"created_at"`
		Exported time.Time           `json:"exported_at"`
		Lang     string              `json:"lang"`
		Org      string              `json:"org"`
		Name     string              `json:"name"`
		Role     string              `json:"role"`
		reply
		Needs []json.RawMessage `json:"needs"`
	}{s.ID, s.Created, time.Now(), s.Lang, s.Org, s.Name, s.Role, reply{toMessages(v.Messages), c.state(v)}, needs})
}

func (c *Channel) needs(r *http.Request, s Session) ([]json.RawMessage, error) {
	records, err := c.store.Needs(r.Context(), s)
	if err != nil {
		return nil, fmt.Errorf("read needs of %s: %w", s.ID, err)
	}
	return append([]json.RawMessage{}, records...), nil // a list in JSON, never null
}

// erase handles DELETE /api/v1/chat/sessions/{id}. Streams end by it, since
// they find no conversation any more. A guest of a follow-up may not: most of
// what would go is somebody else's.
func (c *Channel) erase(w http.ResponseWriter, r *http.Request, s Session) error {
	if s.Since > 0 {
		return refuse(http.StatusForbidden, "erase_guest")
	}
	if err := c.store.Erase(r.Context(), s); err != nil {
		return fmt.Errorf("erase %s: %w", s.ID, err)
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
