package need

import (
	"encoding/json"
	"time"
)

// AchievementID, ExpertID and FinanceID are UUIDs, given by the store.
type (
	AchievementID string
	ExpertID      string
	FinanceID     string
)

// Achievement is a result of research that may meet needs (科技成果).
type Achievement struct {
	ID         AchievementID
	Centre     CentrePath
	Code       string // the centre's own number: imports are idempotent by it
	Title      string
	Summary    string
	Indicators string // performance figures, as written
	Chain      string
	Stage      string // one of Stages, or ""
	TRL        int    // 1 to 9; 0 means not assessed
	Owner      string // organisation
	Region     string // GB/T 2260 code
	Keywords   []string
	Shared     bool            // centres below the owning one may read it
	Detail     json.RawMessage // an object; its fields are those of docs/library-format.md
	Updated    time.Time
}

// Stages are the stages of an achievement, the least ready first.
func Stages() []string { return []string{"初期", "中期", "成熟应用"} }

// Expert is somebody who may be asked about a need.
type Expert struct {
	ID       ExpertID
	Centre   CentrePath
	Code     string
	Name     string
	Title    string // 职称
	Org      string
	Region   string
	Chain    string
	Summary  string
	Keywords []string
	Shared   bool
	Detail   json.RawMessage
	Updated  time.Time
}

// FinanceProduct is a loan, fund, guarantee or insurance for technology firms.
type FinanceProduct struct {
	ID      FinanceID
	Centre  CentrePath
	Code    string
	Name    string
	Org     string
	Kind    string
	Summary string
	Shared  bool
	Detail  json.RawMessage
	Updated time.Time
}

// IndexedAchievement is an achievement with the words that it is found by.
type IndexedAchievement struct {
	Achievement

	Lexemes []string // each once
}

// VectorModel is an embedding model as the store knows it. Vectors of
// different models are never compared.
type VectorModel struct {
	ID   int    // of the store
	Name string // says all that moves a vector: model, runtime, dims, instruction
	Dims int
}

// Vector is one field of an achievement as a unit vector of one model.
type Vector struct {
	Achievement AchievementID
	Field       string // "title" or "text"
	Hash        []byte // of the text that it stands for
	Values      []float32
}

// Unembedded is an achievement some of whose fields may lack a vector.
type Unembedded struct {
	Achievement

	Hashes map[string][]byte // of the texts of the vectors that are there, by field
}

// LexemeStats says how common words are in all achievements that a scope sees.
type LexemeStats struct {
	Documents int
	MeanWords float64        // different lexemes a document
	Frequency map[string]int // documents that hold a lexeme; absent if none does
}

// Nearest asks for the achievements nearest to a vector.
type Nearest struct {
	Model  VectorModel
	Vector []float32
	Limit  int
	Also   []AchievementID // scored too, wherever they stand
	Total  int             // achievements in scope, about: few are all compared, many are searched by the index
}
