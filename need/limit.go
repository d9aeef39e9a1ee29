package need

import (
	"fmt"
	"strings"
)

// limit is a bound that no technology passes.
type limit struct {
	why    string
	names  string // the row's name has one of these words …
	unless string // … and none of these; separated by spaces
	about  string // the need speaks of one of these; "" for any
	units  string // one of these, as written without spaces
	atMost bool   // the bound is an upper one
	bound  float64
}

// limits are the bounds of physics that figures of needs run into.
func limits() []limit {
	const share, ratio = "% ％ percent", "%"
	return []limit{
		{
			"占比不会超过 100 %",
			"收率 得率 转化率 选择性 回收率 合格率 良率 成品率 正品率 优等率 去除率 脱除率 截留率 利用率 纯度 透过率 透光率 反射率 吸收率 发射率 电流效率 检出率 准确率 识别率 覆盖率 活化率 yield purity accuracy",
			"提高 增长 增加 生产 相对 倍", "", share, true, 100,
		},
		{
			"能量转换不会超过 100 %", "转换效率 能量效率 电机效率 传动效率 光电效率 库仑效率 机械效率 变换效率 能效",
			"提高 增长 能效比 能效等级 生产", "", share, true, 100,
		},
		{"锅炉按低位热值算，热效率最高约 110 %", "热效率", "提高 增长", "", share, true, 110},
		{"热机的效率远低于卡诺效率", "热效率", "提高 增长", "发动机 内燃机 汽轮机 柴油机", ratio, true, 65},
		{"单结硅电池的极限是 29.4 %", "转换效率 电池效率 量产效率 平均效率", "叠层 钙钛矿", "硅片 PERC TOPCon HJT 异质结 单晶硅 晶硅", share, true, 29.4},
		{"金属里银的导电率最高，约 108 % IACS", "导电率 电导率 导电", "", "", "%IACS IACS %iacs", true, 108},
		{"常用温度下热泵的能效比不到 20", "COP 能效比 性能系数 制热系数", "", "", " W/W", true, 20},
		{"不会低于绝对零度", "温度 耐温 低温 熔点 冰点 凝点 temperature", "", "", "℃ °C 度 摄氏度", false, -273.15},
		{"不会低于绝对零度", "温度 低温 temperature", "", "", "K", false, 0},
		{"相对湿度不会超过饱和", "相对湿度", "", "", share, true, 100},
		{"氯碱电解每吨至少要 1468 kWh", "电耗 能耗", "", "烧碱 氯碱 离子膜", "kWh/t 千瓦时/吨 度/吨 度每吨 千瓦时每吨 kW·h/t", false, 1468},
		{"电解铝每吨至少要 6330 kWh", "电耗 能耗", "", "电解铝 铝电解", "kWh/t 千瓦时/吨 度/吨 度每吨 千瓦时每吨 kW·h/t", false, 6330},
		{"电解水制氢每立方米至少要 2.94 kWh", "电耗 能耗", "", "制氢 电解水", "kWh/Nm3 kWh/Nm³ 度/方 度每方 kWh/m³", false, 2.94},
	}
}

// BeyondLimit says which bound of physics the target of a row passes, "" if none
// is known.
func (n *Need) BeyondLimit(row *Indicator) string {
	if row.Target == nil {
		return ""
	}
	unit := strings.Join(strings.Fields(row.Unit), "")
	for _, l := range limits() {
		if !hasWord(row.Name, l.names) || hasWord(row.Name, l.unless) || !l.measuredIn(unit) || l.about != "" && !n.speaksOf(l.about) {
			continue
		}
		least, most := row.Target.Num, row.Target.Num
		if row.Target.Num2 != nil && row.Op == Between {
			most = *row.Target.Num2
		}
		if l.atMost && row.Op != AtMost && row.Op != Below && row.Op != PlusMinus && most > l.bound || !l.atMost && row.Op != PlusMinus && least < l.bound {
			return fmt.Sprintf("目标 %s %s：%s", row.Target.Text, row.Unit, l.why)
		}
	}
	return ""
}

func (l limit) measuredIn(unit string) bool {
	if unit == "" {
		return strings.HasPrefix(l.units, " ")
	}
	for u := range strings.FieldsSeq(l.units) {
		if SameUnit(u, unit) {
			return true
		}
	}
	return false
}

// speaksOf reports whether title, problem, scene or a row has one of the words.
func (n *Need) speaksOf(words string) bool {
	if hasWord(n.Title, words) {
		return true
	}
	for _, row := range n.Indicators {
		if hasWord(row.Name, words) {
			return true
		}
	}
	return n.says(strings.Fields(words), KeyProblem, KeyScene, KeyExpectedGoal, KeyKeyTech)
}

func hasWord(s, words string) bool {
	for w := range strings.FieldsSeq(words) {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
