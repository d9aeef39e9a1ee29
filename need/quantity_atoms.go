package need

// atom is one unit without powers: its symbol, the base that it is compared
// in, and the factor to the base.
type atom struct {
	symbol, base string
	factor       float64
}

// atomOf looks one atom up. It is a switch and no map, so that the table is
// constant and a look-up allocates nothing.
func atomOf(s string) (atom, bool) {
	for _, table := range [...]func(string) (atom, bool){
		lengthAtom,
		volumeAtom,
		massAtom,
		timeAtom,
		angleAtom,
		forceAtom,
		energyAtom,
		electricAtom,
		fieldAtom,
		radiantAtom,
		shareAtom,
		matterAtom,
		gradeAtom,
		turnAtom,
		countAtom,
		otherAtom,
	} {
		if a, ok := table(s); ok {
			return a, true
		}
	}
	return atom{}, false
}

// lengthAtom knows: lengths and areas.
func lengthAtom(s string) (atom, bool) {
	switch s {
	case "m", "米":
		return atom{"m", "m", 1}, true
	case "km", "千米", "公里":
		return atom{"km", "m", 1000}, true
	case "dm", "分米":
		return atom{"dm", "m", 0.1}, true
	case "cm", "厘米", "公分", "㎝":
		return atom{"cm", "m", 0.01}, true
	case "mm", "毫米", "㎜", "MM":
		return atom{"mm", "m", 0.001}, true
	case "丝":
		return atom{"丝", "m", 1e-05}, true
	case "μm", "um", "μ", "微米", "㎛":
		return atom{"μm", "m", 1e-06}, true
	case "nm", "纳米", "㎚":
		return atom{"nm", "m", 1e-09}, true
	case "in", "inch", "英寸", "寸":
		return atom{"in", "m", 0.0254}, true
	case "平方米", "㎡", "平米", "平方", "平":
		return atom{"m²", "m²", 1}, true
	case "平方厘米":
		return atom{"cm²", "m²", 0.0001}, true
	case "平方毫米", "㎟":
		return atom{"mm²", "m²", 1e-06}, true
	case "亩":
		return atom{"亩", "m²", 666.6666667}, true
	case "公顷":
		return atom{"ha", "m²", 10000}, true
	}
	return atom{}, false
}

// volumeAtom knows: volumes.
func volumeAtom(s string) (atom, bool) {
	switch s {
	case "立方米", "㎥", "立方", "立米", "方":
		return atom{"m³", "m³", 1}, true
	case "Nm³", "Nm3", "标方", "标立方", "标立方米":
		return atom{"Nm³", "Nm³", 1}, true
	case "立方厘米", "cc":
		return atom{"cm³", "m³", 1e-06}, true
	case "立方毫米":
		return atom{"mm³", "m³", 1e-09}, true
	case "L", "l", "升", "公升":
		return atom{"L", "m³", 0.001}, true
	case "mL", "ml", "ML", "毫升":
		return atom{"mL", "m³", 1e-06}, true
	case "μL", "μl", "uL", "ul", "微升":
		return atom{"μL", "m³", 1e-09}, true
	}
	return atom{}, false
}

// massAtom knows: masses.
func massAtom(s string) (atom, bool) {
	switch s {
	case "kg", "KG", "Kg", "千克", "公斤", "㎏":
		return atom{"kg", "kg", 1}, true
	case "g", "克":
		return atom{"g", "kg", 0.001}, true
	case "mg", "毫克", "㎎":
		return atom{"mg", "kg", 1e-06}, true
	case "μg", "ug", "微克":
		return atom{"μg", "kg", 1e-09}, true
	case "ng", "纳克":
		return atom{"ng", "kg", 1e-12}, true
	case "t", "吨", "公吨":
		return atom{"t", "kg", 1000}, true
	case "斤":
		return atom{"斤", "kg", 0.5}, true
	}
	return atom{}, false
}

// timeAtom knows: times.
func timeAtom(s string) (atom, bool) {
	switch s {
	case "s", "sec", "秒", "秒钟":
		return atom{"s", "s", 1}, true
	case "ms", "毫秒":
		return atom{"ms", "s", 0.001}, true
	case "μs", "us", "微秒":
		return atom{"μs", "s", 1e-06}, true
	case "ns", "纳秒":
		return atom{"ns", "s", 1e-09}, true
	case "min", "分钟", "分":
		return atom{"min", "s", 60}, true
	case "h", "H", "hr", "小时", "个小时", "个钟头", "钟头", "Hr":
		return atom{"h", "s", 3600}, true
	case "d", "天", "日", "昼夜":
		return atom{"d", "s", 86400}, true
	case "周", "星期", "个星期":
		return atom{"周", "s", 604800}, true
	case "月", "个月":
		return atom{"月", "s", 2629746}, true
	case "年", "a", "个年头":
		return atom{"年", "s", 31556952}, true
	}
	return atom{}, false
}

// angleAtom knows: temperatures.
func angleAtom(s string) (atom, bool) {
	switch s {
	case "℃", "°C", "度", "摄氏度", "oC":
		return atom{"℃", "℃", 1}, true
	case "K", "开尔文":
		return atom{"K", "K", 1}, true
	case "°", "º":
		return atom{"°", "°", 1}, true
	case "′", "角分":
		return atom{"′", "°", 0.016666666666666666}, true
	case "″", "角秒":
		return atom{"″", "°", 0.0002777777777777778}, true
	case "rad", "弧度":
		return atom{"rad", "rad", 1}, true
	}
	return atom{}, false
}

// forceAtom knows: pressures and forces.
func forceAtom(s string) (atom, bool) {
	switch s {
	case "Pa", "帕", "帕斯卡", "pa":
		return atom{"Pa", "N/m²", 1}, true
	case "kPa", "千帕", "Kpa", "KPa", "kpa":
		return atom{"kPa", "N/m²", 1000}, true
	case "MPa", "Mpa", "mpa", "兆帕", "MPA", "㎫":
		return atom{"MPa", "N/m²", 1000000}, true
	case "GPa", "Gpa", "吉帕":
		return atom{"GPa", "N/m²", 1000000000}, true
	case "bar", "巴", "Bar":
		return atom{"bar", "N/m²", 100000}, true
	case "mbar", "毫巴":
		return atom{"mbar", "N/m²", 100}, true
	case "atm", "大气压", "个大气压":
		return atom{"atm", "N/m²", 101325}, true
	case "psi":
		return atom{"psi", "N/m²", 6894.757}, true
	case "mmHg":
		return atom{"mmHg", "N/m²", 133.322}, true
	case "N", "牛", "牛顿":
		return atom{"N", "N", 1}, true
	case "kN", "千牛", "KN":
		return atom{"kN", "N", 1000}, true
	case "mN", "毫牛":
		return atom{"mN", "N", 0.001}, true
	case "cN", "厘牛":
		return atom{"cN", "N", 0.01}, true
	case "牛毫米":
		return atom{"N·mm", "N·m", 0.001}, true
	case "kgf", "公斤力":
		return atom{"kgf", "N", 9.80665}, true
	case "牛米", "牛·米", "Nm":
		return atom{"N·m", "N·m", 1}, true
	case "MN":
		return atom{"MN", "N", 1000000}, true
	case "μN":
		return atom{"μN", "N", 1e-06}, true
	case "Torr", "托":
		return atom{"Torr", "N/m²", 133.322}, true
	}
	return atom{}, false
}

// energyAtom knows: energies and powers.
func energyAtom(s string) (atom, bool) {
	switch s {
	case "J", "焦", "焦耳":
		return atom{"J", "N·m", 1}, true
	case "kJ", "千焦", "KJ":
		return atom{"kJ", "N·m", 1000}, true
	case "MJ", "兆焦":
		return atom{"MJ", "N·m", 1000000}, true
	case "kWh", "千瓦时", "度电", "KWH", "KWh", "kwh", "Kwh", "千瓦小时":
		return atom{"kWh", "N·m", 3600000}, true
	case "Wh", "瓦时", "WH":
		return atom{"Wh", "N·m", 3600}, true
	case "MWh", "兆瓦时":
		return atom{"MWh", "N·m", 3600000000}, true
	case "GJ":
		return atom{"GJ", "N·m", 1000000000}, true
	case "kgce", "公斤标煤", "千克标煤":
		return atom{"kgce", "kgce", 1}, true
	case "tce", "吨标煤":
		return atom{"tce", "kgce", 1000}, true
	case "kcal", "大卡", "千卡":
		return atom{"kcal", "N·m", 4186.8}, true
	case "W", "w", "瓦", "瓦特":
		return atom{"W", "N·m/s", 1}, true
	case "kW", "KW", "千瓦", "Kw", "kw":
		return atom{"kW", "N·m/s", 1000}, true
	case "MW", "兆瓦":
		return atom{"MW", "N·m/s", 1000000}, true
	case "GW", "吉瓦":
		return atom{"GW", "N·m/s", 1000000000}, true
	case "mW", "毫瓦":
		return atom{"mW", "N·m/s", 0.001}, true
	case "μW", "uW", "微瓦":
		return atom{"μW", "N·m/s", 1e-06}, true
	case "hp", "马力":
		return atom{"hp", "N·m/s", 735.5}, true
	case "kVA", "KVA", "千伏安":
		return atom{"kVA", "VA", 1000}, true
	}
	return atom{}, false
}
