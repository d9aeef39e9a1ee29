package document

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
)

// Serve is the whole life of a reading process: it bounds itself, reads one
// file from in and writes the document, or the error, to out. An error that it
// returns has not reached out.
func Serve(ctx context.Context, in io.Reader, out io.Writer) error {
	r := bufio.NewReader(in)
	head, err := r.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("read the order: %w", err)
	}
	var o order
	if err := json.Unmarshal(head, &o); err != nil {
		return fmt.Errorf("read the order: %w", err)
	}
	if err := o.Bounds.withDefaults().apply(); err != nil {
		return fmt.Errorf("bound this process: %w", err)
	}
	data, err := io.ReadAll(io.LimitReader(r, o.Options.withDefaults().MaxBytes+1))
	if err != nil {
		return fmt.Errorf("read the file: %w", err)
	}
	doc, failed := Read(ctx, o.Name, data, o.Options)
	w := bufio.NewWriter(out)
	if err := send(w, doc, failed); err != nil {
		return err
	}
	return w.Flush()
}
