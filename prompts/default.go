package prompts

import (
	"embed"
	"fmt"
)

//go:embed templates/*.md schemas/*.json
var files embed.FS //nolint:gochecknoglobals // embedded files can only be a variable

// Default returns the prompts that come with the binary.
func Default() (*Set, error) {
	s, err := Load(files)
	if err != nil {
		return nil, fmt.Errorf("load built-in prompts: %w", err)
	}
	return s, nil
}
