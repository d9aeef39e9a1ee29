package fakeopenai

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
)

// UnmarshalJSON reads content in both of its forms: a text, or parts of text and
// pictures.
func (m *Message) UnmarshalJSON(body []byte) error {
	var w struct {
		Role    string          `json:"role"`
		Content json.RawMessage `json:"content"`
	}
	if err := json.Unmarshal(body, &w); err != nil {
		return err
	}
	*m = Message{Role: w.Role}
	switch {
	case len(w.Content) == 0:
		return nil
	case !bytes.HasPrefix(w.Content, []byte("[")):
		return json.Unmarshal(w.Content, &m.Content)
	}
	var parts []struct {
		Type  string `json:"type"`
		Text  string `json:"text"`
		Image struct {
			URL string `json:"url"`
		} `json:"image_url"`
	}
	if err := json.Unmarshal(w.Content, &parts); err != nil {
		return err
	}
	for _, p := range parts {
		m.Content += p.Text
		if p.Type != "image_url" {
			continue
		}
		_, code, ok := strings.Cut(p.Image.URL, ";base64,")
		picture, err := base64.StdEncoding.DecodeString(code)
		if err != nil || !ok {
			return fmt.Errorf("a picture that is no data: %w", err)
		}
		m.Picture = picture
	}
	return nil
}
