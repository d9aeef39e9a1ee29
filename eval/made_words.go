package eval

import "tanxu/need"

// The words of made needs, by their place in a sentence. %s are product, step
// and fault, in the order of each place's own doc.

func products() []string {
	return []string{
		"铜铬锆", "高纯阴极铜", "无氧铜", "钨铜", "硬质合金", "稀土永磁", "镁合金", "再生铝", "钛合金", "锂电铜箔", "磷酸铁锂", "三元前驱体", "硅碳负极",
		"光伏胶膜", "单晶硅", "电子陶瓷", "建筑卫生陶瓷", "耐火", "高强螺纹钢", "弹簧钢", "取向硅钢", "碳纤维", "芳纶", "有机硅", "聚酰亚胺", "环氧树脂",
		"聚氨酯", "生物基尼龙", "羽绒", "苎麻", "针织", "中药提取", "注射用", "原料药", "脐橙", "米粉", "白酒", "茶油", "实木", "竹", "印制电路", "毫米波天线",
		"航空锻", "复合材料", "齿轮", "轴承", "液压", "智能门锁", "车用线束", "伺服电机",
	}
}

func forms() []string {
	return []string{"带材", "板", "棒材", "箔", "粉体", "件", "管", "丝", "薄膜", "坯料", "部件", "组件", "浆料", "溶液", "制品", "型材", "颗粒", "片"}
}

func steps() []string {
	return []string{
		"熔铸", "热轧", "冷轧", "时效", "退火", "烧结", "球磨", "喷雾干燥", "挤出", "注塑", "模压", "涂布", "辊压", "电镀", "酸洗", "抛光", "切片", "清洗",
		"萃取", "结晶", "精馏", "发酵", "灭菌", "灌装", "染色", "定型", "焊接", "铆接", "装配", "涂装", "固化", "拉丝", "淬火", "磨削", "铣削", "检测", "分选", "包装", "物流转运", "尾气处理",
	}
}

func faults() []string {
	return []string{
		"表面起皮", "边裂", "晶粒粗大", "成分偏析", "强度忽高忽低", "导电率偏低", "厚薄不匀", "针孔多", "夹杂超标", "气孔集中", "尺寸跳动", "翘曲变形", "分层开裂",
		"色差明显", "残留溶剂高", "水分超标", "收率上不去", "杂质峰多", "粒径分布宽", "团聚严重", "循环衰减快", "内阻不一致", "粘接不牢", "划伤多", "毛刺大", "噪声大",
		"温升高", "漏油", "能耗高", "节拍慢", "换模时间长", "漏检", "误报多", "粉尘大", "废水难处理", "气味重", "口感不稳", "霉变", "掉色", "寿命短",
	}
}

func suspects() []string {
	return []string{
		"炉内温差", "原料批次差异", "润滑不足", "冷却不均", "气氛控制不准", "张力波动", "模具磨损", "刀具寿命短", "添加剂分解", "搅拌死角", "滤芯堵塞", "传感器漂移",
		"辊面粗糙度变化", "助剂迁移", "停留时间分布宽", "夹具刚性差", "升温太快", "来料硬度不一", "静电吸附", "振动耦合", "流道设计", "菌种退化", "水质变化", "工人凭手感",
	}
}

func customers() []string {
	return []string{"引线框架客户", "整车厂", "电池厂", "家电厂", "海外客户", "军工院所", "经销商", "药企", "连锁商超", "建筑总包", "光伏组件厂", "下游电镀厂", "风电主机厂", "轨道交通客户"}
}

func remedies() []string {
	return []string{
		"换过两家的保护气", "改过轧制道次", "加过稀土", "把时效温度调低", "加了一道清洗", "请设备厂调过参数", "上过在线测厚", "换过进口助剂", "试过两段升温", "做过正交试验",
		"加过磁选", "改过喷嘴角度", "换过石墨件", "加过缓存工位", "试用过视觉检测", "调过配方比例", "降过线速度", "改过排风", "找高校做过小试", "加装了变频器",
	}
}

func outcomes() []string {
	return []string{"好了一阵又回去了", "强度上去了别的掉下来", "成本扛不住", "只在小样上有效", "没有明显变化", "不良率只降了一点", "客户还是不认", "设备负荷太大", "换批料就不灵", "没有数据说得清"}
}

func gains() []string {
	return []string{"替代进口", "通过客户认证", "实现稳定量产", "把返工降到最低", "形成成套工艺", "满足出口要求", "减少人工判断", "延长检修周期", "降低单耗", "做成可复制的产线"}
}

// openings take product, step and fault.
func openings() []string {
	return []string{
		"我公司生产的%s在%s时经常出现%s", "%s做到%s这一步，%s一直解决不了", "今年以来%s的%s工序%s，批次之间差别很大", "客户投诉我们的%s，查下来是%s后%s",
		"%s从实验线转到大线以后，%s环节%s", "新上的%s产品，%s段%s，合格率上不来", "老线生产%s，%s时%s，换人换班都一样", "同样的料做%s，%s以后有的好有的%s",
	}
}

// causes take a suspect and the step.
func causes() []string {
	return []string{
		"初步怀疑是%s造成的，但%s过程没有手段测", "我们判断与%s有关，%s现场拿不出证据", "可能和%s有关，也可能是%s前面带来的", "内部分析认为%s是主因，%s参数窗口太窄",
		"看金相像是%s引起，%s时又看不到", "设备厂说是%s，我们觉得%s本身也有问题",
	}
}

// losses take a customer and the fault.
func losses() []string {
	return []string{
		"%s因为%s退了好几批货", "%s已经两次为%s发来整改函", "上半年光%s这边就因%s赔了不少", "%s把%s列进了否决项", "若%s的%s问题年内不解决，订单要转走", "%s验收时最看重的就是有没有%s",
	}
}

// attempts take a remedy and its outcome.
func attempts() []string {
	return []string{"%s，%s", "之前%s，结果%s", "技术部%s，可惜%s", "也曾%s，%s", "去年%s，%s，后来停了"}
}

// goals take product and gain.
func goals() []string {
	return []string{
		"希望合作开发%s的新工艺，%s", "想找有经验的团队把%s这条线理顺，%s", "寻求%s成套技术，%s", "期望在不大改设备的前提下改进%s，%s", "委托研究%s的机理并给出方案，%s",
	}
}

// titles take product, step and fault.
func titles() []string {
	return []string{"%s%s中%s问题的解决", "解决%s%s%s", "%s的%s工艺优化（%s）", "%s%s工序%s攻关", "改善%s%s后%s"}
}

// scenes take product, step and a figure.
func scenes() []string {
	return []string{
		"%s产线，%s工段，月产%d吨", "二车间做%s，%s为连续作业，每天%d件", "%s示范线刚投产，%s设备是国产的，年产%d吨", "%s以小批量为主，%s两班倒，一批%d公斤",
	}
}

func places() []string {
	return []string{"南昌", "景德镇", "萍乡", "九江", "新余", "鹰潭", "赣州", "吉安", "宜春", "抚州", "上饶", "共青城", "丰城", "贵溪", "瑞金", "德兴"}
}

func names() []string {
	return []string{"信", "宏", "江", "赣", "恒", "泰", "新", "华", "鼎", "盛", "瑞", "金", "源", "康", "达", "众", "联", "东", "方", "立", "创", "博", "远", "嘉", "海", "天", "龙", "中", "科", "诚"}
}

func trades() []string {
	return []string{"铜业", "新材料", "机械", "电子", "陶瓷", "化工", "药业", "食品", "纺织", "家具", "能源", "环保"}
}

// indicatorKind is a quantity as it usually is.
type indicatorKind struct {
	name  string
	op    need.Op
	usual float64
	unit  string
}

func indicators() []indicatorKind {
	return []indicatorKind{
		{"导电率", need.AtLeast, 75, "%IACS"}, {"抗拉强度", need.AtLeast, 560, "MPa"}, {"屈服强度", need.AtLeast, 420, "MPa"}, {"延伸率", need.AtLeast, 8, "%"},
		{"软化温度", need.AtLeast, 480, "℃"}, {"厚度偏差", need.AtMost, 0.012, "mm"}, {"表面粗糙度", need.AtMost, 0.4, "μm"}, {"合格率", need.AtLeast, 72, "%"},
		{"成材率", need.AtLeast, 65, "%"}, {"单位能耗", need.AtMost, 620, "kWh/t"}, {"节拍", need.AtMost, 45, "s"}, {"换模时间", need.AtMost, 1.5, "h"},
		{"水分", need.AtMost, 0.35, "%"}, {"粒径", need.AtMost, 3.2, "μm"}, {"比表面积", need.AtLeast, 12, "m²/g"}, {"振实密度", need.AtLeast, 2.1, "g/cm³"},
		{"循环寿命", need.AtLeast, 1800, "次"}, {"内阻", need.AtMost, 1.4, "mΩ"}, {"剥离强度", need.AtLeast, 1.2, "N/mm"}, {"透光率", need.AtLeast, 88, "%"},
		{"收率", need.AtLeast, 70, "%"}, {"溶剂残留", need.AtMost, 480, "mg/kg"}, {"出水COD", need.AtMost, 150, "mg/L"}, {"噪声", need.AtMost, 78, "dB"},
		{"温升", need.AtMost, 55, "K"}, {"处理量", need.AtLeast, 2.4, "t/h"}, {"漏检率", need.AtMost, 2.5, "%"}, {"定位精度", need.AtMost, 0.05, "mm"},
		{"耐压", need.AtLeast, 2.2, "kV"}, {"色差", need.AtMost, 1.8, "级"},
	}
}
