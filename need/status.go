package need

import "slices"

// Status is where a need stands in its life.
type Status string

// The statuses of a need.
const (
	StatusDraft        Status = "draft"
	StatusInterviewing Status = "interviewing"
	StatusReview       Status = "review"
	StatusReturned     Status = "returned"
	StatusPublished    Status = "published"
	StatusMatching     Status = "matching"
	StatusSigned       Status = "signed"
	StatusSolved       Status = "solved"
	StatusShelved      Status = "shelved"
	StatusExpired      Status = "expired"
	StatusMerged       Status = "merged"     // another need has what this one said: see Need.Into
	StatusSuperseded   Status = "superseded" // a newer need stands in its place
)

// Approved reports whether a need has passed its review and is open to who may
// meet it: others are introduced to nobody.
func (s Status) Approved() bool {
	return s == StatusPublished || s == StatusMatching || s == StatusSigned
}

// next lists where a need may go from each status.
func next(s Status) []Status {
	switch s {
	case StatusDraft:
		return []Status{StatusInterviewing, StatusReview, StatusShelved}
	case StatusInterviewing:
		return []Status{StatusReview, StatusDraft, StatusShelved}
	case StatusReview:
		return []Status{StatusReturned, StatusPublished, StatusShelved}
	case StatusReturned:
		return []Status{StatusInterviewing, StatusReview, StatusShelved}
	case StatusPublished:
		return []Status{StatusMatching, StatusReturned, StatusShelved, StatusExpired}
	case StatusMatching:
		return []Status{StatusSigned, StatusPublished, StatusShelved, StatusExpired}
	case StatusSigned:
		return []Status{StatusSolved, StatusMatching, StatusShelved}
	case StatusShelved, StatusExpired:
		return []Status{StatusReview}
	default:
		return nil
	}
}

// Move returns nil if a need may go from s to to, and a Conflict error if not.
func (s Status) Move(to Status) error {
	if slices.Contains(next(s), to) {
		return nil
	}
	return Errorf(Conflict, "status_transition", "a need cannot go from %s to %s", s, to)
}
