package need_test

import (
	"testing"

	"tanxu/need"
)

func TestCentrePathSees(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		path, other need.CentrePath
		want        bool
	}{
		"a province sees its city":           {"jx/", "jx/gz/", true},
		"a city sees itself":                 {"jx/gz/", "jx/gz/", true},
		"a city does not see its province":   {"jx/gz/", "jx/", false},
		"a city does not see its neighbour":  {"jx/gz/", "jx/nc/", false},
		"a common prefix is no kinship":      {"jx/g/", "jx/gz/", false},
		"no path sees nothing":               {"", "jx/gz/", false},
		"a path without its slash":           {"jx", "jx/gz/", false},
		"an empty name inside":               {"jx//", "jx//gz/", false},
		"a name with a quote":                {"jx'/", "jx'/gz/", false},
		"capitals are other names: not ours": {"JX/", "JX/gz/", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.path.Sees(tt.other); got != tt.want {
				t.Errorf("%q.Sees(%q) = %v, want %v", tt.path, tt.other, got, tt.want)
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
