package interview_test

import (
	"slices"
	"strings"
	"testing"

	"tanxu/interview"
	"tanxu/need"
)

// Who is asked for a name and tells of the matter instead is not passed over:
// it goes on the record, or into a note that the broker sees.
func TestToldInsteadOfAName(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		said  string
		named bool // a person or department that would know
	}{
		"trials":          {"换过两家胶水，都不行", false},
		"a trial alone":   {"调过两回炉温，没效果", false},
		"no field's":      {"还是老样子", false},
		"a person":        {"工艺科老秦", true},
		"a department":    {"设备部", true},
		"somebody to ask": {"得问电镀车间的孟工", true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			s := agreed(t)
			s.say("我们做汽车脚垫的，胶老是粘不牢，一撕就开。")
			for range 20 {
				if wantsName(s.state) {
					break
				}
				s.say("不清楚")
			}
			if !wantsName(s.state) {
				t.Fatal("nobody is asked for")
			}
			s.say(tt.said)
			s.holds()
			named := slices.ContainsFunc(s.out.Events, func(e need.Event) bool { return e.Status == need.Delegated })
			kept := slices.ContainsFunc(s.out.Events, func(e need.Event) bool {
				return e.Kind == need.ValueSet || e.Kind == need.RowSet || e.Kind == need.Noted && strings.HasPrefix(e.Note, "unplaced: ")
			})
			if named != tt.named || !named && !kept {
				t.Errorf("%q: delegated %v, kept %v: %+v", tt.said, named, kept, s.out.Events)
			}
		})
	}
}

// wantsName reports whether the last question is who would know.
func wantsName(s *interview.State) bool {
	return len(s.Asked) > 0 && strings.HasSuffix(s.Asked[len(s.Asked)-1].ID, ".who")
}
