// Package cassette keeps the answers of a model in files and gives them again
// to the same requests, so that a long run can be broken off and gone on with,
// and repeated for nothing. It is for measuring, not for the service: what
// contacts said stands in its files.
package cassette

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"tanxu/llm"
)

// Model is a model whose answers are kept. It is safe for concurrent use.
type Model struct {
	inner llm.Model
	dir   string

	mu    sync.Mutex
	asked map[string]int // how often a request came in this process
}

var _ llm.Model = (*Model)(nil)

// New returns m with its answers kept in dir, which is made if it is not there.
func New(m llm.Model, dir string) (*Model, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("make the cassette: %w", err)
	}
	return &Model{inner: m, dir: dir, asked: map[string]int{}}, nil
}

// take is one exchange as it lies in a file; Request is for people to read.
type take struct {
	Request  llm.Request  `json:"request"`
	Response llm.Response `json:"response"`
	Invalid  bool         `json:"invalid,omitempty"` // the answer was no JSON
}

// Complete implements llm.Model. An answer that is on record is given without a
// call; one that is not is asked for and kept, also when it is not JSON. Other
// failures are not kept: the next run asks again. The same request a second time
// in one process is another exchange: who asks twice wants a second answer.
func (m *Model) Complete(ctx context.Context, req llm.Request) (llm.Response, error) {
	key, err := Key(req)
	if err != nil {
		return llm.Response{}, err
	}
	path := filepath.Join(m.dir, key+m.nth(key)+".json")
	var t take
	raw, err := os.ReadFile(path)
	switch {
	case err == nil:
		if err := json.Unmarshal(raw, &t); err != nil {
			return llm.Response{}, fmt.Errorf("read cassette %s: %w", path, err)
		}
	case errors.Is(err, fs.ErrNotExist):
		resp, err := m.inner.Complete(ctx, req)
		if err != nil && !errors.Is(err, llm.ErrInvalid) {
			return resp, err
		}
		t = take{Request: req, Response: resp, Invalid: err != nil}
		if err := write(path, t); err != nil {
			return resp, err
		}
	default:
		return llm.Response{}, fmt.Errorf("read cassette: %w", err)
	}
	if t.Invalid {
		return t.Response, fmt.Errorf("complete %s: %w", req.Name, llm.ErrInvalid)
	}
	return t.Response, nil
}

// nth tells the repetitions of a request apart.
func (m *Model) nth(key string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.asked[key]++
	if n := m.asked[key]; n > 1 {
		return "-" + strconv.Itoa(n)
	}
	return ""
}

// Key is the hash under which the answer to a request is kept.
func Key(req llm.Request) (string, error) {
	raw, err := json.Marshal(req)
	if err != nil {
		return "", fmt.Errorf("encode request %s: %w", req.Name, err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:12]), nil
}

// write puts a whole file in place: a run may end at any moment.
func write(path string, t take) error {
	raw, err := json.MarshalIndent(t, "", " ")
	if err != nil {
		return fmt.Errorf("encode the exchange: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".take-*")
	if err != nil {
		return fmt.Errorf("keep the exchange: %w", err)
	}
	_, err = f.Write(raw)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("keep the exchange: %w", err), os.Remove(f.Name()))
	}
	return nil
}
