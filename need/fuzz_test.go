package need_test

import (
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tanxu/need"
)

// seeds are texts with everything that the parsers look for, and what breaks them.
func seeds(f *testing.F) {
	f.Helper()

	for _, s := range []string{
		"", "不低于80%IACS", "60～80", "百分之三十五", "三百来万", "2027年13月45日", "±0.7ppm", "1.5×10^-3 Pa", "10⁻³mol/L",
		"一百五到两百个", "３．５μm以内", "100±5mm/s²", "零下二十度", "1e999", "99999999999999999999999999", "万万亿亿", "千分之",
		"3200×1600×20毫米", "GB/T 22319.1-2008", "半年", "两三百万", "十几个", "每每每/", "μm/(m·K", "\x00\xff", "一一一一", "-", "1,2,3,4", "点五",
	} {
		f.Add(s)
	}
}

func inRange(t *testing.T, text string, start, end int) {
	t.Helper()

	if n := len([]rune(text)); start < 0 || end > n || start > end {
		t.Errorf("offsets %d to %d of %d runes in %q", start, end, n, text)
	}
}

func FuzzMeasures(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, m := range need.Measures(text) {
			inRange(t, text, m.Start, m.End)
			inRange(t, text, m.Number, m.UnitEnd)
			if m.Start < last {
				t.Errorf("measures overlap in %q", text)
			}
			last = m.End
			need.NormalUnit(m.Unit)
		}
		need.Numbers(text)
		need.SameUnit(text, "mm")
	})
}

func FuzzAmounts(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, asked := range []bool{false, true} {
			for _, a := range need.Amounts(text, asked) {
				inRange(t, text, a.Start, a.End)
				if a.Money.Max > 0 && a.Money.Min > a.Money.Max || a.Money.Max <= 0 && a.Money.Min <= 0 {
					t.Errorf("%q is read as %+v", text, a.Money)
				}
			}
		}
	})
}

func FuzzDeadlines(f *testing.F) {
	seeds(f)
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		for _, w := range need.Deadlines(text, now) {
			inRange(t, text, w.Start, w.End)
			if w.Deadline.ISO == "" || w.Duration != (w.Deadline.ISO[0] == 'P') {
				t.Errorf("%q is read as %+v", text, w)
			}
		}
	})
}

func FuzzReadCode(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, k := range need.Keys() {
			_, start, end, _ := need.ReadCode(k, text)
			inRange(t, text, start, end)
		}
		if code, err := need.ParseUSCC(text); err == nil && len(code) != 18 {
			t.Errorf("ParseUSCC(%q) = %q", text, code)
		}
	})
}

// A number, its comparator and its unit come back as they were written.
func TestMeasuresReadBack(t *testing.T) {
	t.Parallel()

	rapid.Check(t, func(t *rapid.T) {
		value := rapid.IntRange(0, 99999).Draw(t, "value")
		number := strconv.FormatFloat(float64(value)/100, 'f', -1, 64)
		unit := rapid.SampledFrom([]string{"mm", "%", "MPa", "℃", "g/L", "kWh/t", "个/m²", "兆帕", "克每升", "N/5cm"}).Draw(t, "unit")
		word := rapid.SampledFrom([]string{"不低于", "不超过", "≥", "≤", "大于", "小于", "至少"}).Draw(t, "word")
		text := "成品的指标要求" + word + number + unit + "，其余不变"
		got := need.Measures(text)
		if len(got) != 1 || got[0].Quantity.Text != number || got[0].Unit != unit || got[0].Op == "" {
			t.Fatalf("Measures(%q) = %+v", text, got)
		}
	})
}
