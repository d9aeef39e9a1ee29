package need

// gradeAtom knows: hardness and grades.
func gradeAtom(s string) (atom, bool) {
	switch s {
	case "HRC", "hrc":
		return atom{"HRC", "HRC", 1}, true
	case "HRA":
		return atom{"HRA", "HRA", 1}, true
	case "HRB":
		return atom{"HRB", "HRB", 1}, true
	case "HV":
		return atom{"HV", "HV", 1}, true
	case "HB", "HBW":
		return atom{"HB", "HB", 1}, true
	case "邵A", "HA":
		return atom{"邵A", "邵A", 1}, true
	case "级", "等级":
		return atom{"级", "级", 1}, true
	}
	return atom{}, false
}

// turnAtom knows: turns and data.
func turnAtom(s string) (atom, bool) {
	switch s {
	case "r", "转":
		return atom{"r", "r", 1}, true
	case "rpm", "RPM":
		return atom{"r/min", "r/s", 0.016666666666666666}, true
	case "bit", "比特", "位":
		return atom{"bit", "bit", 1}, true
	case "字节":
		return atom{"B", "B", 1}, true
	case "KB":
		return atom{"KB", "B", 1024}, true
	case "MB":
		return atom{"MB", "B", 1048576}, true
	case "GB":
		return atom{"GB", "B", 1073741824}, true
	case "TB":
		return atom{"TB", "B", 1099511627776}, true
	case "sq", "□":
		return atom{"sq", "sq", 1}, true
	case "dpi", "DPI":
		return atom{"dpi", "dpi", 1}, true
	case "bps":
		return atom{"bps", "bps", 1}, true
	case "kbps", "Kbps":
		return atom{"kbps", "bps", 1000}, true
	case "Mbps":
		return atom{"Mbps", "bps", 1000000}, true
	case "Gbps":
		return atom{"Gbps", "bps", 1000000000}, true
	case "fps", "FPS":
		return atom{"fps", "帧/s", 1}, true
	case "帧":
		return atom{"帧", "帧", 1}, true
	case "px", "像素":
		return atom{"px", "px", 1}, true
	case "重力加速度":
		return atom{"g力", "g", 1}, true
	}
	return atom{}, false
}

// countAtom knows: counts.
func countAtom(s string) (atom, bool) {
	switch s {
	case "次", "回", "遍":
		return atom{"次", "次", 1}, true
	case "循环", "个循环", "圈", "周次":
		return atom{"周次", "次", 1}, true
	case "个", "颗", "粒":
		return atom{"个", "个", 1}, true
	case "件":
		return atom{"件", "件", 1}, true
	case "台", "台套":
		return atom{"台", "台", 1}, true
	case "套":
		return atom{"套", "套", 1}, true
	case "根":
		return atom{"根", "根", 1}, true
	case "只":
		return atom{"只", "只", 1}, true
	case "片":
		return atom{"片", "片", 1}, true
	case "块":
		return atom{"块", "块", 1}, true
	case "条":
		return atom{"条", "条", 1}, true
	case "瓶":
		return atom{"瓶", "瓶", 1}, true
	case "枚":
		return atom{"枚", "枚", 1}, true
	case "张":
		return atom{"张", "张", 1}, true
	case "炉":
		return atom{"炉", "炉", 1}, true
	case "批":
		return atom{"批", "批", 1}, true
	case "缸":
		return atom{"缸", "缸", 1}, true
	case "釜":
		return atom{"釜", "釜", 1}, true
	case "通道", "路":
		return atom{"通道", "通道", 1}, true
	case "层":
		return atom{"层", "层", 1}, true
	case "支":
		return atom{"支", "支", 1}, true
	case "袋":
		return atom{"袋", "袋", 1}, true
	case "箱":
		return atom{"箱", "箱", 1}, true
	case "桶":
		return atom{"桶", "桶", 1}, true
	case "辆":
		return atom{"辆", "辆", 1}, true
	case "座":
		return atom{"座", "座", 1}, true
	case "道":
		return atom{"道", "道", 1}, true
	case "钻米":
		return atom{"钻米", "钻米", 1}, true
	case "模次", "模":
		return atom{"模次", "次", 1}, true
	case "卷":
		return atom{"卷", "卷", 1}, true
	case "株":
		return atom{"株", "株", 1}, true
	case "头":
		return atom{"头", "头", 1}, true
	case "锭":
		return atom{"锭", "锭", 1}, true
	case "刃":
		return atom{"刃", "刃", 1}, true
	case "点":
		return atom{"点", "点", 1}, true
	}
	return atom{}, false
}

// otherAtom knows: people, papers and money, which no indicator counts.
func otherAtom(s string) (atom, bool) {
	switch s {
	case "人", "名", "位专家":
		return atom{"人", "人", 1}, true
	case "家", "户":
		return atom{"家", "家", 1}, true
	case "项":
		return atom{"项", "项", 1}, true
	case "篇":
		return atom{"篇", "篇", 1}, true
	case "种", "类":
		return atom{"种", "种", 1}, true
	case "部":
		return atom{"部", "部", 1}, true
	case "元", "块钱", "元钱", "圆":
		return atom{"元", "元", 1}, true
	case "美元", "美金":
		return atom{"美元", "美元", 1}, true
	case "欧元":
		return atom{"欧元", "欧元", 1}, true
	case "岁":
		return atom{"岁", "岁", 1}, true
	}
	return atom{}, false
}
