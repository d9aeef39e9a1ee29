package need_test

import (
	"testing"

	"tanxu/need"
)

const copper = "目前铜合金带材导电率只有76%IACS，下游客户要求更高，希望提高到80%IACS以上，抗拉强度560MPa"

func printed(id need.ID, org, text string) *need.Print {
	p := need.NewPrint(id, org, []string{"高导铜合金带材", text}, nil)
	return &p
}

func TestTwins(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		org, text string
		kind      need.TwinKind // "" for two needs
	}{
		"word by word":                 {"甲公司", copper, need.TwinExact},
		"of another organisation":      {"乙公司", copper, need.TwinNear},
		"a clause more":                {"甲公司", copper + "，今年更急了", need.TwinNear},
		"clauses turned":               {"乙公司", "希望提高到80%IACS以上，下游客户要求更高，目前铜合金带材导电率只有76%IACS，抗拉强度560MPa", need.TwinNear},
		"another unit":                 {"乙公司", "目前铜合金带材导电率只有76%IACS，下游客户要求更高，希望提高到80%IACS以上，抗拉强度560N/mm²", need.TwinNear},
		"one figure changed":           {"甲公司", "目前铜合金带材导电率只有76%IACS，下游客户要求更高，希望提高到82%IACS以上，抗拉强度560MPa", need.TwinNear},
		"the same form, other figures": {"乙公司", "目前铜合金带材导电率只有50%IACS，下游客户要求更高，希望提高到55%IACS以上，抗拉强度700MPa", ""},
		"the same product":             {"甲公司", "铜合金带材酸洗以后表面发花，废酸处理费用高，想找无酸的清洗办法，废水要少一半", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b := printed("a", "甲公司", copper), printed("b", tt.org, tt.text)
			got, ok := need.TwinOf(b, a)
			if ok != (tt.kind != "") || ok && (got.Kind != tt.kind || got.A != "a" || got.B != "b") {
				t.Errorf("twin %+v, %t; want %q", got, ok, tt.kind)
			}
			if all := need.Twins([]*need.Print{b, a}); (len(all) == 1) != ok {
				t.Errorf("among all: %+v", all)
			}
		})
	}
}

func TestMeantTwins(t *testing.T) {
	t.Parallel()
	a := printed("a", "甲公司", copper)
	b := printed("b", "乙公司", "电导上不去，铜合金带材现在76%IACS，用户盯着80%IACS，力学性能560MPa不能丢")
	c := printed("c", "乙公司", "电导上不去，铜合金带材现在50%IACS，用户盯着55%IACS，力学性能700MPa不能丢")
	if _, ok := need.TwinOf(a, b); ok {
		t.Error("their words are near enough")
	}
	if got, ok := need.MeantTwin(a, b, 0.93); !ok || got.Kind != need.TwinMeant || got.Likeness != 0.93 {
		t.Errorf("the same in other words: %+v, %t", got, ok)
	}
	if _, ok := need.MeantTwin(a, b, 0.8); ok {
		t.Error("another meaning is no twin")
	}
	if _, ok := need.MeantTwin(a, c, 0.99); ok {
		t.Error("other figures are no twin, whatever a model says")
	}
}
