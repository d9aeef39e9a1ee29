package api

import (
	"context"
	"errors"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"

	"tanxu/need"
)

// formOverhead is what a form may add to its file.
const formOverhead = 64 << 10

// uploadDocument handles POST /documents and POST /libraries/{library}/documents.
func (s *server) uploadDocument(c *gin.Context) {
	into := need.Library(c.Param("library"))
	if into != "" && !into.Valid() {
		s.problems.fail(c, need.Errorf(need.NotFound, "not_found", "no library %.40q", into))
		return
	}
	name, content, err := readFile(c.Request, into)
	if err != nil {
		s.problems.fail(c, err)
		return
	}
	i, again, err := s.importing.AddDocument(c, scopeOf(c), into, name, content)
	if err != nil {
		s.problems.fail(c, err)
		return
	}
	w, err := s.importOf(c, i)
	if err != nil {
		s.problems.fail(c, err)
		return
	}
	status := http.StatusCreated
	if again {
		status = http.StatusOK
	}
	c.JSON(status, struct {
		Import    Import `json:"import"`
		Duplicate bool   `json:"duplicate"`
	}{w, again})
}

// readFile reads the part named file of a form, and refuses what nobody reads.
func readFile(r *http.Request, into need.Library) (name string, content []byte, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return "", nil, need.Errorf(need.Invalid, "form_missing", "read a form: %w", err)
	}
	for {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return "", nil, need.Errorf(need.Invalid, "file_missing", "a form without a file")
		case err != nil:
			return "", nil, brokenForm(err)
		case part.FormName() != "file" || part.FileName() == "":
			continue
		}
		name = need.FileName(part.FileName())
		if content, err = io.ReadAll(io.LimitReader(part, need.MaxFile+1)); err != nil {
			return "", nil, brokenForm(err)
		}
		if len(content) > need.MaxFile {
			return "", nil, need.Errorf(need.Invalid, "document_size", "a file over %d bytes", need.MaxFile)
		}
		return name, content, into.CheckFile(name, content[:min(len(content), 1024)])
	}
}

func brokenForm(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return need.Errorf(need.Invalid, "document_size", "read a form: %w", err)
	}
	return need.Errorf(need.Invalid, "bad_form", "read a form: %w", err)
}
