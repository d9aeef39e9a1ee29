package openai

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"tanxu/llm"
	"tanxu/llm/schema"
)

// maxStrikes is how many answers in a row may break what a rung promises
// before the next lower one is taken.
const maxStrikes = 2

// probeSchema has an enum that the prompt of the probe tempts the model to
// break: an answer that fits proves that the endpoint enforces the schema, not
// just that it accepts the parameter.
const probeSchema = `{"type":"object","additionalProperties":false,"required":["colour","count","note"],"properties":{` +
	`"colour":{"type":"string","enum":["red","green","blue"]},"count":{"type":"integer"},"note":{"type":["string","null"]}}}`

func probeRequest() llm.Request {
	return llm.Request{
		Name: "probe",
		Messages: []llm.Message{
			{Role: llm.SystemRole, Text: "Copy the three values exactly as the user writes them, letter by letter, as JSON with the keys colour, count and note."},
			{Role: llm.UserRole, Text: "colour: teal\ncount: three\nnote: written by hand"},
		},
		Schema:    &llm.Schema{Name: "probe", JSON: json.RawMessage(probeSchema)},
		MaxTokens: 120,
	}
}

// Probe finds the strongest rung that the endpoint really keeps and stays on
// it. When the endpoint cannot be reached the error says so and nothing changes.
func (m *Model) Probe(ctx context.Context) (Rung, error) {
	req := probeRequest()
	v, err := m.validator(*req.Schema)
	if err != nil {
		return m.Rung(), err
	}
	for rung := m.preset.first; rung <= Text; rung++ {
		resp, err := m.once(ctx, req, rung)
		switch {
		case err == nil && keeps(rung, resp, v):
			m.settle(rung)
			return rung, nil
		case err != nil && !refusedForm(err) && !errors.Is(err, llm.ErrInvalid) && !errors.Is(err, llm.ErrBlank):
			return m.Rung(), m.wrap(req, err)
		}
	}
	m.settle(Text)
	return Text, m.wrap(req, llm.ErrInvalid)
}

// keeps reports whether an answer shows that the endpoint keeps the rung: the
// strict ones enforce the schema, a tool is really called.
func keeps(rung Rung, resp llm.Response, v *schema.Validator) bool {
	switch rung {
	case StrictSchema, StrictTool:
		return len(v.Violations(resp.Text)) == 0
	case Tool:
		return resp.Finish == finishTool
	default:
		return true
	}
}

// refusedForm reports whether the endpoint refused the form of a request, so
// that a lower rung may pass.
func refusedForm(err error) bool {
	f, ok := errors.AsType[*llm.Failure](err)
	if !ok || !errors.Is(err, llm.ErrDown) || tooLong(f.Err.Error()) {
		return false
	}
	switch f.Status {
	case http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusNotImplemented:
		return true
	default:
		return false
	}
}

// learn keeps or lowers the rung by how a call on it went.
func (m *Model) learn(rung Rung, resp llm.Response, err error, v *schema.Validator) {
	broken := errors.Is(err, llm.ErrInvalid)
	if err == nil && rung <= StrictTool && resp.Finish != finishLength {
		broken = len(v.Violations(resp.Text)) > 0
	}
	if err != nil && !broken {
		return // says nothing about the rung
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case rung < m.rung: // another call has settled lower meanwhile
	case rung > m.rung && !broken:
		m.lower(rung, "a stronger form was refused")
	case !broken:
		m.strikes = 0
	case m.strikes+1 < maxStrikes || m.rung == Text:
		m.strikes++
	default:
		m.lower(m.rung+1, "answers break the schema")
	}
}

// lower needs m.mu.
func (m *Model) lower(to Rung, why string) {
	m.log.Warn("model endpoint demoted", "model", m.name, "from", m.rung.String(), "to", to.String(), "why", why)
	m.rung, m.strikes = to, 0
}

func (m *Model) settle(rung Rung) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rung, m.strikes = rung, 0
	m.log.Info("model endpoint probed", "model", m.name, "vendor", m.preset.name, "rung", rung.String())
}
