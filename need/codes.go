package need

// Chains are the 12 key industry chains of Jiangxi.
func Chains() []string {
	return []string{"电子信息", "有色金属", "装备制造", "新能源", "石化化工", "建材", "钢铁", "航空", "食品", "纺织服装", "医药", "现代家具"}
}

// Clusters are the 6 advanced manufacturing clusters.
func Clusters() []string {
	return []string{"电子信息", "铜基新材料", "锂电和光伏新能源", "钨和稀土金属新材料", "航空", "炼化一体化和化工新材料"}
}

// TechFields are the 8 high-tech fields that the state supports.
func TechFields() []string {
	return []string{"电子信息", "生物与新医药", "航空航天", "新材料", "高技术服务", "新能源与节能", "资源与环境", "先进制造与自动化"}
}

// CoopModes are the ways to work together.
func CoopModes() []string {
	return []string{"独立研发", "委托研发", "合作研发", "技术转让", "技术许可", "技术入股", "技术服务", "技术咨询", "采购", "其他"}
}

// IPTerms says who may own the results.
func IPTerms() []string { return []string{"企业", "共有", "供方", "面议"} }

// Confidentialities are the levels of publication.
func Confidentialities() []string { return []string{"公开", "脱敏公开", "定向", "不公开"} }

// NeedTypes are the types of needs.
func NeedTypes() []string {
	return []string{"技术攻关", "产品开发", "工艺改进", "设备改造", "成果引进", "检测与标准", "资源环境", "其他"}
}

// Region is an area with its GB/T 2260 code.
type Region struct{ Code, Name string }

// Regions are the 11 cities of Jiangxi. 赣江新区 is a centre, no region.
func Regions() []Region {
	return []Region{
		{"360100", "南昌"}, {"360200", "景德镇"}, {"360300", "萍乡"}, {"360400", "九江"}, {"360500", "新余"}, {"360600", "鹰潭"},
		{"360700", "赣州"}, {"360800", "吉安"}, {"360900", "宜春"}, {"361000", "抚州"}, {"361100", "上饶"},
	}
}

// Codes returns the values that field k may have, nil if it is no code.
func (k Key) Codes() []string {
	switch k {
	case KeyChain:
		return append(Chains(), "其他")
	case KeyCoopMode:
		return CoopModes()
	case KeyIPTerms:
		return IPTerms()
	case KeyConfidentiality:
		return Confidentialities()
	case KeyNeedType:
		return NeedTypes()
	case KeyRegion:
		var names []string
		for _, r := range Regions() {
			names = append(names, r.Name)
		}
		return names
	default:
		return nil
	}
}
