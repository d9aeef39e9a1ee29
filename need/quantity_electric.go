package need

// electricAtom knows: electricity.
func electricAtom(s string) (atom, bool) {
	switch s {
	case "V", "v", "伏", "伏特":
		return atom{"V", "V", 1}, true
	case "kV", "KV", "千伏", "Kv", "kv":
		return atom{"kV", "V", 1000}, true
	case "mV", "毫伏":
		return atom{"mV", "V", 0.001}, true
	case "μV", "uV", "微伏":
		return atom{"μV", "V", 1e-06}, true
	case "A", "安", "安培":
		return atom{"A", "A", 1}, true
	case "kA", "KA", "千安":
		return atom{"kA", "A", 1000}, true
	case "mA", "毫安":
		return atom{"mA", "A", 0.001}, true
	case "μA", "uA", "微安":
		return atom{"μA", "A", 1e-06}, true
	case "nA", "纳安":
		return atom{"nA", "A", 1e-09}, true
	case "Ω", "欧", "欧姆", "ohm":
		return atom{"Ω", "Ω", 1}, true
	case "mΩ", "毫欧":
		return atom{"mΩ", "Ω", 0.001}, true
	case "μΩ", "uΩ", "微欧":
		return atom{"μΩ", "Ω", 1e-06}, true
	case "kΩ", "KΩ", "千欧":
		return atom{"kΩ", "Ω", 1000}, true
	case "MΩ", "兆欧":
		return atom{"MΩ", "Ω", 1000000}, true
	}
	return atom{}, false
}

// fieldAtom knows: capacities, fields and frequencies.
func fieldAtom(s string) (atom, bool) {
	switch s {
	case "F", "法拉":
		return atom{"F", "F", 1}, true
	case "μF", "uF", "微法":
		return atom{"μF", "F", 1e-06}, true
	case "nF":
		return atom{"nF", "F", 1e-09}, true
	case "pF", "皮法":
		return atom{"pF", "F", 1e-12}, true
	case "亨":
		return atom{"H", "H", 1}, true
	case "mH":
		return atom{"mH", "H", 0.001}, true
	case "μH", "uH", "微亨":
		return atom{"μH", "H", 1e-06}, true
	case "nH":
		return atom{"nH", "H", 1e-09}, true
	case "Ah", "AH", "安时":
		return atom{"Ah", "Ah", 1}, true
	case "mAh", "mAH", "MAH", "毫安时":
		return atom{"mAh", "Ah", 0.001}, true
	case "T", "特斯拉":
		return atom{"T", "T", 1}, true
	case "mT", "毫特":
		return atom{"mT", "T", 0.001}, true
	case "Gs", "高斯":
		return atom{"Gs", "T", 0.0001}, true
	case "kGs", "KGs":
		return atom{"kGs", "T", 0.1}, true
	case "Oe", "奥", "奥斯特":
		return atom{"Oe", "Oe", 1}, true
	case "kOe", "KOe", "千奥", "千奥斯特":
		return atom{"kOe", "Oe", 1000}, true
	case "mS":
		return atom{"mS", "S", 0.001}, true
	case "μS", "uS":
		return atom{"μS", "S", 1e-06}, true
	case "VA":
		return atom{"VA", "VA", 1}, true
	case "库仑":
		return atom{"C", "C", 1}, true
	case "S", "西门子":
		return atom{"S", "S", 1}, true
	case "Hz", "HZ", "hz", "赫兹", "赫":
		return atom{"Hz", "Hz", 1}, true
	case "kHz", "KHz", "KHZ", "khz", "千赫", "千赫兹":
		return atom{"kHz", "Hz", 1000}, true
	case "MHz", "Mhz", "MHZ", "兆赫", "兆赫兹", "兆":
		return atom{"MHz", "Hz", 1000000}, true
	case "GHz", "Ghz", "GHZ", "吉赫":
		return atom{"GHz", "Hz", 1000000000}, true
	}
	return atom{}, false
}

// radiantAtom knows: sound, light and radiation.
func radiantAtom(s string) (atom, bool) {
	switch s {
	case "dB", "db", "DB", "分贝":
		return atom{"dB", "dB", 1}, true
	case "dBm":
		return atom{"dBm", "dBm", 1}, true
	case "dBi":
		return atom{"dBi", "dBi", 1}, true
	case "lm", "流明":
		return atom{"lm", "lm", 1}, true
	case "lx", "勒克斯":
		return atom{"lx", "lx", 1}, true
	case "cd", "坎德拉":
		return atom{"cd", "cd", 1}, true
	case "nit", "nits", "尼特":
		return atom{"nit", "cd/m²", 1}, true
	case "eV":
		return atom{"eV", "eV", 1}, true
	case "Gy":
		return atom{"Gy", "Gy", 1}, true
	}
	return atom{}, false
}

// shareAtom knows: shares.
func shareAtom(s string) (atom, bool) {
	switch s {
	case "%", "个百分点", "百分点", "个点":
		return atom{"%", "1", 0.01}, true
	case "‰":
		return atom{"‰", "1", 0.001}, true
	case "ppm", "PPM":
		return atom{"ppm", "1", 1e-06}, true
	case "ppb", "PPB":
		return atom{"ppb", "1", 1e-09}, true
	case "ppt":
		return atom{"ppt", "1", 1e-12}, true
	case "mol%":
		return atom{"mol%", "1", 0.01}, true
	case "at%":
		return atom{"at%", "1", 0.01}, true
	case "%IACS", "IACS":
		return atom{"%IACS", "%IACS", 1}, true
	case "wt%":
		return atom{"wt%", "1", 0.01}, true
	case "vol%":
		return atom{"vol%", "1", 0.01}, true
	case "%RH", "RH":
		return atom{"%RH", "%RH", 1}, true
	case "倍":
		return atom{"倍", "倍", 1}, true
	}
	return atom{}, false
}

// matterAtom knows: matter.
func matterAtom(s string) (atom, bool) {
	switch s {
	case "mol", "摩尔":
		return atom{"mol", "mol", 1}, true
	case "mmol", "毫摩尔", "毫摩":
		return atom{"mmol", "mol", 0.001}, true
	case "μmol", "umol", "微摩尔":
		return atom{"μmol", "mol", 1e-06}, true
	case "CFU", "cfu":
		return atom{"CFU", "CFU", 1}, true
	case "PFU":
		return atom{"PFU", "PFU", 1}, true
	case "EU":
		return atom{"EU", "EU", 1}, true
	case "Da":
		return atom{"Da", "Da", 1}, true
	case "kDa":
		return atom{"kDa", "Da", 1000}, true
	case "bp":
		return atom{"bp", "bp", 1}, true
	case "拷贝", "copies":
		return atom{"拷贝", "拷贝", 1}, true
	case "IU":
		return atom{"IU", "IU", 1}, true
	case "U":
		return atom{"U", "U", 1}, true
	case "NTU":
		return atom{"NTU", "NTU", 1}, true
	case "cP", "cp", "厘泊":
		return atom{"cP", "N·s/m²", 0.001}, true
	case "cSt", "厘斯":
		return atom{"cSt", "m²/s", 1e-06}, true
	case "泊":
		return atom{"P", "N·s/m²", 0.1}, true
	case "mPa", "毫帕":
		return atom{"mPa", "N/m²", 0.001}, true
	case "旦", "旦尼尔":
		return atom{"D", "D", 1}, true
	case "dtex", "分特":
		return atom{"dtex", "dtex", 1}, true
	case "tex", "特克斯":
		return atom{"tex", "dtex", 10}, true
	case "目":
		return atom{"目", "目", 1}, true
	}
	return atom{}, false
}
