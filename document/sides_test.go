package document_test

import (
	"strings"
	"testing"

	"tanxu/document"
)

// parkList is a list with a header of two rows, sides of indicators in columns
// of their own, and money in two units.
const parkList = `序号,企业情况,,技术需求,,,经费,,,备注
,企业名称,行业,难题描述,现状指标,目标指标,预算(万元),拟投入(元),解决期限,备注
1,吉安某电子有限公司,电子,钻孔后孔壁粗糙，沉铜出现空洞,孔粗30μm,≤18μm,60,,46203,急
2,宜春某药业有限公司,医药,浓缩时有效成分损失大,损失15%；能耗120kWh,能耗≤80kWh；损失小于5%,,500000,2026年12月,
3,赣州某果业有限公司,食品,糖度测不准,,糖度误差不超过0.5%,30-50,,2026年底,
4,丰城某陶瓷有限公司,建材,,,,面议,,,
6,上饶某铜业有限公司,有色,带材退火后软化,1、导电率76%IACS；2、伸长率3%,"1、导电率≥80%IACS（20℃，GB/T 32791）；2、伸长率≥8%；3、抗拉强度≥1,200MPa",,,,
7,九江某化工有限公司,化工,收率低,目前靠人工调温，批次之间差别大,收率≥95%（以原料计，三批平均）,,,,
5,抚州某农机有限公司,农机,旋耕刀不耐磨,寿命短,寿命≥300亩,,,尽快,
`

func TestSidesOfIndicatorsAndMoney(t *testing.T) {
	t.Parallel()

	want := []document.Target{
		document.Number, document.OrgName, document.Industry, "problem", document.RowCurrent, document.RowGoal, "budget", "budget", "deadline", document.Ignore,
	}
	for i, c := range columns(t, parkList, nil) {
		if c.Target != want[i] {
			t.Errorf("%s = %q by %s, want %q", c.Header, c.Target, c.Reason, want[i])
		}
	}
	compare(
		t, drafts(t, "需求.csv", []byte(parkList), nil),
		"钻孔后孔壁粗糙 | problem 钻孔后孔壁粗糙，沉铜出现空洞 | deadline 2026-06-30 | budget 60 | 孔粗 30→≤18 μm",
		"浓缩时有效成分损失大 | problem 浓缩时有效成分损失大 | deadline 2026-12 | budget 50 | 损失 15→<5 % | 能耗 120→≤80 kWh",
		"糖度测不准 | problem 糖度测不准 | deadline 2026-12 | budget 30~50 | 糖度误差 →≤0.5 %",
		"skipped: untold",
		"带材退火后软化 | problem 带材退火后软化 | 抗拉强度 →≥1200 MPa | 导电率 76→≥80 %IACS | 伸长率 3→≥8 %",
		"收率低 | problem 收率低 | problem 目前靠人工调温，批次之间差别大 | 收率 →≥95 %",
		"旋耕刀不耐磨 | problem 旋耕刀不耐磨 | problem 寿命短 | deadline vague 尽快 | 寿命 →≥300 亩",
	)
}

func TestReasonsOfColumnsAreTrue(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		header string // of a third column, two rows
		target document.Target
		reason document.Reason
	}{
		"the second row is the name":         {"经费,解决期限", "deadline", document.ByName},
		"a word nobody knows under the same": {"经费,甲乙", "", document.NotKnown},
		"truly the same":                     {"经费,预算金额", "", document.Taken},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			above, below := tt.header[:len("经费")], tt.header[len("经费,"):]
			got := columns(t, "企业情况,,技术需求,经费,"+above+"\n企业名称,行业,难题描述,预算,"+below+"\n甲公司,电子,孔壁粗糙返修多,60,晴\n乙公司,医药,浓缩损失大,80,雨\n", nil)[4]
			if got.Target != tt.target || got.Reason != tt.reason {
				t.Errorf("%s = %q by %s, want %q by %s", got.Header, got.Target, got.Reason, tt.target, tt.reason)
			}
		})
	}
}

// FuzzSides reads cells of both sides: whatever they hold, nothing breaks, and
// each row has a name.
func FuzzSides(f *testing.F) {
	f.Add("孔粗30μm", "≤18μm")
	f.Add("1、。", "（1）导电率≥80%IACS（20℃）；2. 伸长率8%")
	f.Add("1,200；", "、（（）≥5")
	f.Fuzz(func(t *testing.T, today, goal string) {
		quoted := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
		file := "需求名称,难题描述,现状指标,目标指标\n甲技术,返修率高,断裂3次,断裂≤1次\n乙技术,收率低," + quoted(today) + "," + quoted(goal) + "\n"
		doc, err := document.Read(t.Context(), "需求.csv", []byte(file), document.Options{})
		if err != nil {
			return // no text of ours
		}
		for _, d := range draftsOf(t, doc, document.Guess(doc)) {
			if d.Need == nil {
				continue
			}
			for _, row := range d.Need.Indicators {
				if row.Name == "" {
					t.Errorf("a row without a name of %q and %q", today, goal)
				}
			}
		}
	})
}
