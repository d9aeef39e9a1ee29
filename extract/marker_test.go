package extract_test

import (
	"testing"
	"time"

	"tanxu/extract"
	"tanxu/need"
)

// A decimal fraction at the start of a condition is no list marker.
func TestConditionsKeepTheirNumbers(t *testing.T) {
	t.Parallel()

	c := extract.Context{Ref: "text", Now: time.Now(), Asked: []need.Key{need.KeyIndicator}}
	rows := extract.NewRules().Read("泄漏率现在4.5%，要降到1%以内，0.3兆帕气压保压60秒测。", c).Rows
	if len(rows) != 1 || rows[0].Row.Condition != "0.3兆帕气压保压60秒测" {
		t.Errorf("rows = %+v", rows)
	}
}
