package record

import "tanxu/need"

// ValueOf returns one value of field k as a record shows it.
func ValueOf(k need.Key, item need.Item) any { return itemOf(k, item) }

// RowOf returns one row of indicators as a record shows it.
func RowOf(row *need.Indicator) Indicator { return indicatorOf(row) }

// EvidenceOf returns evidence as a record shows it, never null.
func EvidenceOf(list []need.Evidence) []Evidence { return evidenceOf(list) }
