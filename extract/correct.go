package extract

import (
	"slices"
	"strings"

	"tanxu/need"
)

// takesBack reports whether a text takes an earlier statement back.
func takesBack(s string) bool {
	return containsAny(s, "不对，", "不对,", "不对 ", "说错了", "说串了", "记错了", "写错了", "搞错了", "弄错了", "念错了", "拿错", "看错了", "收回", "作废", "更正", "纠正", "改成", "改为", "上一条改", "刚才那个", "刚才说的", "说准一点", "我捋一下", "划掉", "不是不是", "是我编的", "按这个记", "你记", "刚问了", "翻出来了", "查了一下", "重新查", "核实了", "等下，我", "不算数", "应该是",
		"correction", "i was wrong", "i meant", "scratch that", "change it to", "not right, ", "sorry, it's", "should be") || strings.HasPrefix(plainText(s), "不对") || strings.HasPrefix(plainText(s), "错了，")
}

// correct marks what takes an earlier value back, and finds the row that is
// meant: by its id, its name, or the old number that is named.
func (rd *reader) correct() {
	if id := rd.refuted(); id != "" {
		rd.taken = true
		rd.dropOld(id)
	}
	if rd.notThis() || rd.wasOther() || rd.denied() || rd.partSaidAgain() {
		return
	}
	for i := range rd.out.Rows {
		f := &rd.out.Rows[i]
		if id := rd.rowNamed(f.Row); id != "" && rd.taken {
			f.Row.ID = id
		}
		if f.Row.ID == "" {
			f.Row.ID = rd.rowLike(f.Row)
		}
		if !rd.taken {
			continue
		}
		if f.Row.ID == "" {
			f.Row.ID = rd.rowWith(need.Numbers(string(rd.t.runes)), f.Row.Unit)
		}
		if f.Row.ID == "" {
			f.Row.ID = rd.onlyRow(f.Row.Unit)
		}
		f.Corrects = f.Row.ID != ""
	}
	for i := range rd.out.Values {
		f := &rd.out.Values[i]
		asked := slices.Contains(rd.c.Asked, f.Key)
		f.Corrects = rd.taken && (asked || len(rd.c.Asked) == 0 && f.Key.Shape() > need.List)
	}
}

// refuted returns the id of the row of which an old value is spoken of as
// something else: 2600瓶是旺季一起开的.
func (rd *reader) refuted() string {
	for _, m := range need.Measures(string(rd.t.runes)) {
		if rd.t.refersBack(m) {
			if id := rd.rowWith([]float64{m.Quantity.Num}, m.Unit); id != "" {
				return id
			}
		}
	}
	return ""
}

// dropOld drops a found row that only repeats the old value of a row, where
// another one states the new.
func (rd *reader) dropOld(id string) {
	if len(rd.out.Rows) < 2 {
		return
	}
	for _, old := range rd.c.Rows {
		if old.ID != id {
			continue
		}
		rd.out.Rows = slices.DeleteFunc(rd.out.Rows, func(f RowFound) bool {
			return f.Row.Target == nil && old.Current != nil && f.Row.Current != nil && f.Row.Current.Num == old.Current.Num
		})
	}
}

// rowLike returns the id of the row with the nearest name, "" if none is near.
func (rd *reader) rowLike(r need.Indicator) string {
	id, best := "", 0.6
	for _, old := range rd.c.Rows {
		if r.Unit != "" && old.Unit != "" && !sameOrNone(r.Unit, old.Unit) {
			continue
		}
		if score := nameScore(r.Name, old.Name); score >= best {
			id, best = old.ID, score
		}
	}
	return id
}

// onlyRow returns the id of the one row with this unit, "" if there are more.
func (rd *reader) onlyRow(unit string) string {
	id := ""
	for _, old := range rd.c.Rows {
		if unit == "" || old.Unit == "" || !need.SameUnit(unit, old.Unit) {
			continue
		}
		if id != "" {
			return ""
		}
		id = old.ID
	}
	return id
}

// rowWith returns the id of the row that holds one of the numbers.
func (rd *reader) rowWith(numbers []float64, unit string) string {
	for _, old := range rd.c.Rows {
		if unit != "" && old.Unit != "" && !sameOrNone(unit, old.Unit) {
			continue
		}
		for _, q := range []*need.Quantity{old.Current, old.Target} {
			if q != nil && slices.Contains(numbers, q.Num) {
				return old.ID
			}
		}
	}
	return ""
}
