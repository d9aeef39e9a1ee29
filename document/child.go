package document

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"time"

	"tanxu/need"
)

// Bounds are what a reading process may take; the zero value is ready to use.
type Bounds struct {
	Memory  int64         `json:"memory"`  // bytes of its own data; 0 means 1 GiB
	CPU     time.Duration `json:"cpu"`     // 0 means 60s
	Timeout time.Duration `json:"timeout"` // until it is killed; 0 means 120s
	File    int64         `json:"file"`    // bytes of one temporary file; 0 means 512 MiB
}

func (b Bounds) withDefaults() Bounds {
	b.Memory = cmp.Or(b.Memory, 1<<30)
	b.CPU = cmp.Or(b.CPU, 60*time.Second)
	b.Timeout = cmp.Or(b.Timeout, 120*time.Second)
	b.File = cmp.Or(b.File, 512<<20)
	return b
}

// Child reads files in a process of its own, so that a file can break nothing
// but its own reading. It is safe for concurrent use; each file has its process.
type Child struct {
	command []string
	dir     string
	o       Options
	bounds  Bounds
}

// NewChild returns a reader that runs command, which must call Serve with its
// standard input and output. dir is where the process may keep temporary files.
func NewChild(command []string, dir string, o Options, b Bounds) *Child {
	return &Child{command: command, dir: dir, o: o.withDefaults(), bounds: b.withDefaults()}
}

// Read reads a file. The errors are those of Read, and need.Invalid with
// CodeTimeout or CodeCrash when the process was killed or died.
func (c *Child) Read(ctx context.Context, name string, data []byte) (*Document, error) {
	if int64(len(data)) > c.o.MaxBytes {
		return nil, need.Errorf(need.Invalid, CodeSize, "%s has %d bytes, over %d", name, len(data), c.o.MaxBytes)
	}
	head, err := json.Marshal(order{name, c.o, c.bounds})
	if err != nil {
		return nil, fmt.Errorf("write the order for %s: %w", name, err)
	}
	dir, err := os.MkdirTemp(c.dir, "tanxu-document-")
	if err != nil {
		return nil, fmt.Errorf("make a folder to read %s: %w", name, err)
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a process that was killed leaves files behind
	timed, cancel := context.WithTimeoutCause(ctx, c.bounds.Timeout, errTimeout)
	defer cancel()
	cmd := exec.CommandContext(timed, c.command[0], c.command[1:]...) //nolint:gosec // our own binary
	cmd.Env = []string{
		"TMPDIR=" + dir, "GOMEMLIMIT=" + strconv.FormatInt(c.bounds.Memory*3/4, 10), "GOTRACEBACK=none",
	} // none of ours: it has no business with secrets
	cmd.Stdin = io.MultiReader(bytes.NewReader(append(head, '\n')), bytes.NewReader(data))
	cmd.WaitDelay = time.Second
	alone(cmd)
	said := &tail{}
	cmd.Stderr = said
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("read %s: open a pipe: %w", name, err)
	}
	if err := cmd.Start(); err != nil {
		return nil, need.Errorf(need.Unavailable, "document_process", "start a process to read %s: %w", name, err)
	}
	doc, err := receive(out, name, c.o)
	if err == nil || !errors.Is(err, errCut) {
		cancel() // all is said
	}
	died := cmd.Wait()
	switch {
	case err == nil || !errors.Is(err, errCut):
		return doc, err
	case ctx.Err() != nil:
		return nil, fmt.Errorf("read %s: %w", name, ctx.Err())
	case errors.Is(context.Cause(timed), errTimeout):
		return nil, need.Errorf(need.Invalid, CodeTimeout, "%s was not read within %s", name, c.bounds.Timeout)
	default:
		return nil, need.Errorf(need.Invalid, CodeCrash, "the process that read %s died: %w: %s", name, errors.Join(died, err), said)
	}
}

var errTimeout = errors.New("time is over")

// tail keeps the first words that a process complains with.
type tail struct{ bytes.Buffer }

// maxComplaint bounds what is kept of them.
const maxComplaint = 500

// Write keeps what still fits.
func (t *tail) Write(p []byte) (int, error) {
	t.Buffer.Write(p[:min(len(p), max(0, maxComplaint-t.Len()))])
	return len(p), nil
}
