package need

// Op compares what is measured with the target.
type Op string

// The comparators, as the record has them on the wire.
const (
	AtLeast   Op = "≥"
	AtMost    Op = "≤"
	Above     Op = ">"
	Below     Op = "<"
	Equal     Op = "="
	PlusMinus Op = "±"
	Between   Op = "range"
	About     Op = "~"
)

// Quantity is a number or a range as somebody wrote it, and read.
type Quantity struct {
	Text string   // as written, without unit and comparator; a range as "60~80"
	Num  float64  // in the unit as written
	Num2 *float64 // upper end of a range, or the tolerance of ±
}

// Money is an amount or a range of it in 万元 (10,000 yuan).
type Money struct {
	Min, Max float64 // equal for a single figure; 0 where that side is open (二十万以内)
	Unit     string  // always "万元"; kept so that records say it
}

// Deadline is when something must be done: a date, month, year or duration.
type Deadline struct {
	ISO  string // YYYY, YYYY-MM, YYYY-MM-DD, or a duration as P12M, P2Y, P10D
	Text string // as written
}
