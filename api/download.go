package api

import (
	"mime"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"tanxu/need"
)

// downloadDocument handles GET /documents/{id}/content.
func (s *server) downloadDocument(c *gin.Context) {
	id, err := uuid.Parse(c.Param("id"))
	if err != nil {
		s.problems.fail(c, need.Errorf(need.NotFound, "document_unknown", "document %.60q: %w", c.Param("id"), err))
		return
	}
	d, content, err := s.imports.Document(c, scopeOf(c), id.String())
	if err == nil && d.Conversation != nil && !callerOf(c).may(ScopeConversationsRead) {
		err = need.Errorf(need.Denied, "scope_missing", "document %s was sent in a conversation", id)
	}
	if err != nil {
		s.problems.fail(c, err)
		return
	}
	h := c.Writer.Header()
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": d.Name}))
	h.Set("Content-Length", strconv.Itoa(len(content)))
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Data(http.StatusOK, "application/octet-stream", content)
}
