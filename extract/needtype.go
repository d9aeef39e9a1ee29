package extract

import (
	"slices"
	"strings"

	"tanxu/need"
)

// What rows and titles add for a type of need.
const (
	yieldPoints    = 4.0 // a quantity of the process: yields, consumption, cycle times
	propertyPoints = 1.5 // any other quantity
	betterPoints   = 2.0 // any other quantity that has a value today
	endPoints      = 3.0 // what the title ends with
)

// typeOf infers the type of a need: by its words, by whether process or product
// is measured, and by what its title says is wanted.
func typeOf(n *need.Need, parts []passage) tally {
	list := typeLexicon().score(parts)
	add := func(label, word string, points float64) {
		i := slices.IndexFunc(list, func(t tally) bool { return t.label == label })
		if i < 0 {
			list = append(list, tally{label: label})
			i = len(list) - 1
		}
		list[i].score += points
		if !slices.Contains(list[i].words, word) {
			list[i].words = append([]string{word}, list[i].words...)
		}
	}
	for _, row := range n.Indicators {
		switch {
		case row.Name == "":
		case containsAny(row.Name, processQuantities()...):
			add("工艺改进", row.Name, yieldPoints)
		case row.Current != nil && !asked(row):
			add("工艺改进", row.Name, betterPoints) // what is made today is to be made better
		default:
			add("技术攻关", row.Name, propertyPoints)
		}
	}
	if label, end := endOf(n.Title); label != "" {
		add(label, end, endPoints)
	}
	top := tally{}
	for _, t := range list {
		if t.score > top.score || t.score == top.score && t.label < top.label {
			top = t
		}
	}
	return top
}

// asked reports whether a row was told in a talk, where each is asked for its
// value today, so that one says nothing.
func asked(row *need.Indicator) bool {
	return len(row.Evidence) > 0 && strings.HasPrefix(row.Evidence[0].Ref, "message:")
}

// processQuantities are words in the names of quantities of a process.
func processQuantities() []string {
	return []string{
		"良率", "合格率", "不良率", "次品率", "废品率", "报废率", "返工率", "返修率", "成品率", "收率", "得率", "正品率", "优等", "一等品", "缺陷率", "开裂率", "损耗", "能耗", "单耗", "电耗", "水耗", "气耗", "耗电", "耗水", "用水",
		"周期", "节拍", "用时", "工时", "产量", "产能", "批间", "批次", "一次", "缸差", "废酸", "废水量", "停机", "换模", "率合格", "通过率", "漏检", "回收率", "成本",
		"圆度", "平面度", "直线度", "同轴度", "平行度", "垂直度", "平整度", "偏斜", "翘曲", "回弹", "色差", "毛刺", "残渣", "残留",
	}
}

// endOf is the type that the end of a title speaks for, by the longest words.
func endOf(title string) (label, end string) {
	title = strings.TrimRight(title, "。，,. ")
	for _, e := range titleEnds() {
		for word := range strings.FieldsSeq(e.strong) {
			if len(word) > len(end) && strings.HasSuffix(title, word) {
				label, end = e.label, word
			}
		}
	}
	return label, end
}

// titleEnds are the words by which a title names what is wanted.
func titleEnds() []entry {
	return []entry{
		{label: "产品开发", strong: "研发 开发 研制 设计 产品 新产品 系统 平台 装置 设备 仪 机 器 软件 研发与应用 开发与应用 研发及应用 产业化 剂 药 车 系统开发 产品开发 膜 板 箱 瓶 布 纸 带 管 粉 漆 胶 电池 电机 芯片 模块 组件 传感器 机器人 材料 车辆"},
		{label: "技术攻关", strong: "技术 研究 攻关 难题 问题 方法 关键技术 技术研究 研究与应用 机理 算法 技术研发 技术开发 制备技术"},
		{label: "工艺改进", strong: "工艺 工艺优化 工艺改进 工艺技术 生产工艺 良率 良率提升 合格率提升 降本 节能 优化"},
		{label: "设备改造", strong: "改造 升级 自动化 技改 升级改造"},
		{label: "资源环境", strong: "利用 处理 治理 回收 减排 综合利用 资源化 处理技术 利用技术 回收技术"},
		{label: "检测与标准", strong: "检测 检测方法 检测技术 标准 测试方法"},
		{label: "成果引进", strong: "引进 转让 转化"},
	}
}
