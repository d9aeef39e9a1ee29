package need

// ExpertMatch is an expert ranked for a need. Each reason cites words of both;
// the expert's stand under the refs "summary", "chain", "region", "keyword:N",
// "project:N:title", "project:N:result" and "equipment:N".
type ExpertMatch struct {
	Rank    int
	Score   float64
	Expert  Expert
	Reasons []Reason
}

// ExpertVector is one field of an expert as a unit vector of one model.
type ExpertVector struct {
	Expert ExpertID
	Field  string // "title" or "text"
	Hash   []byte // of the text that it stands for
	Values []float32
}

// UnembeddedExpert is an expert some of whose fields may lack a vector.
type UnembeddedExpert struct {
	Expert

	Hashes map[string][]byte // of the texts of the vectors that are there, by field
}

// NeedMatch is a need ranked for an achievement.
type NeedMatch struct {
	Rank    int
	Score   float64
	Need    ID
	Reasons []Reason
	Gaps    []Reason
}
