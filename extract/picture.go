package extract

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"tanxu/llm"
	"tanxu/need"
	"tanxu/prompts"
)

// CodeNoSight is the code of the error that says that a model cannot see.
const CodeNoSight = "model_blind"

// noWords is what a model answers of a picture without words.
const noWords = "NONE"

// Viewer has a model copy the words of pictures. Whether the model sees at all
// is found out by a picture of our own before the first one of others. It is
// safe for concurrent use.
type Viewer struct {
	model   llm.Model
	prompts *prompts.Set

	mu   sync.Mutex
	sees *bool // nil until the model was tried
}

// NewViewer returns a Viewer that asks m with the prompt picture.zh of p.
func NewViewer(m llm.Model, p *prompts.Set) (*Viewer, error) {
	if _, ok := p.Prompt("picture.zh"); !ok {
		return nil, fmt.Errorf("no prompt picture.zh")
	}
	return &Viewer{model: m, prompts: p}, nil
}

// View returns the words of a PNG or JPEG picture, "" if there are none. A model
// that cannot see gives Invalid, code CodeNoSight.
func (v *Viewer) View(ctx context.Context, picture []byte) (string, error) {
	sees, err := v.probe(ctx)
	if err != nil {
		return "", err
	}
	if !sees {
		return "", need.Errorf(need.Invalid, CodeNoSight, "the model sees no pictures")
	}
	return v.copy(ctx, picture)
}

// probe reports whether the model can read a number off a picture. An endpoint
// that does not answer is asked again by the next picture; one that refuses
// pictures, or invents what stands in them, is not.
func (v *Viewer) probe(ctx context.Context) (bool, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.sees != nil {
		return *v.sees, nil
	}
	text, err := v.copy(ctx, testPicture())
	if f, ok := errors.AsType[*llm.Failure](err); err != nil && (!ok || f.Again || f.Status/100 != 4) {
		return false, err
	}
	sees := err == nil && strings.Contains(strings.Join(strings.Fields(text), ""), testNumber)
	v.sees = &sees
	return sees, nil
}

func (v *Viewer) copy(ctx context.Context, picture []byte) (string, error) {
	req, err := v.prompts.Render("picture.zh", nil)
	if err != nil {
		return "", err
	}
	req.Messages[len(req.Messages)-1].Picture = picture
	resp, err := v.model.Complete(ctx, req)
	if err != nil {
		return "", fmt.Errorf("read a picture: %w", err)
	}
	text := strings.TrimSpace(resp.Text)
	if text == noWords {
		return "", nil
	}
	return text, nil
}
