package interview

import "tanxu/need"

// Progress returns how many of the main points of the need spoken of are
// settled: told, refused, unknown or left to somebody else.
func Progress(s *State) (done, total int) {
	keys := []need.Key{
		need.KeyProblem, need.KeyScene, need.KeyIndicator, need.KeyRootCause, need.KeyTried, need.KeyConstraints,
		need.KeyFoundation, need.KeyDeadline, need.KeyBudget, need.KeyCoopMode, need.KeyIPTerms, need.KeyConfidentiality,
	}
	n := s.Need(s.Active)
	if n == nil {
		return 0, len(keys)
	}
	for _, k := range keys {
		if f := n.Fields[k]; (f != nil && f.Status != need.Missing && f.Status != need.Conflicting) || (k == need.KeyIndicator && len(n.Indicators) > 0) {
			done++
		}
	}
	return done, len(keys)
}
