package need_test

import (
	"testing"

	"tanxu/need"
)

func TestCentrePathValid(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		path need.CentrePath
		want bool
	}{
		"a province":              {"jx/", true},
		"a city":                  {"jx/gz/", true},
		"digits and hyphens":      {"jx/gz-2/", true},
		"nothing":                 {"", false},
		"the root of all":         {"/", false},
		"without its slash":       {"jx", false},
		"an empty name inside":    {"jx//", false},
		"a quote":                 {"jx'/", false},
		"a sign of a pattern":     {"jx/%/", false},
		"capitals: no name of us": {"JX/", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.path.Valid(); got != tt.want {
				t.Errorf("%q.Valid() = %v, want %v", tt.path, got, tt.want)
			}
		})
	}
}

func TestScopeValid(t *testing.T) {
	t.Parallel()
	if err := (need.Scope{Path: "jx/gz/", Actor: need.System}).Valid(); err != nil {
		t.Errorf("a city's scope: %v", err)
	}
	for _, s := range []need.Scope{{}, {Path: "", Actor: need.System}, {Path: "jx/"}} {
		if err := s.Valid(); need.KindOf(err) != need.Denied {
			t.Errorf("%+v.Valid() = %v, want a Denied error", s, err)
		}
	}
}
