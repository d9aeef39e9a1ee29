package need_test

import (
	"testing"

	"tanxu/need"
)

func TestMeasures(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		text, quote, number, unit string
		op                        need.Op
	}{
		"bare value":                  {"失重率现在做到4.6%", "做到4.6%", "4.6", "%", need.AtLeast},
		"comparator before":           {"线径公差不大于0.02毫米", "不大于0.02毫米", "0.02", "毫米", need.AtMost},
		"comparator behind":           {"拉伸强度520兆帕以上才行", "520兆帕以上", "520", "兆帕", need.AtLeast},
		"no less than":                {"得率不低于 92 ％", "不低于 92 ％", "92", "%", need.AtLeast},
		"within":                      {"粗糙度要0.4μm以内", "0.4μm以内", "0.4", "μm", need.AtMost},
		"sign":                        {"介损≤0.002%", "≤0.002%", "0.002", "%", need.AtMost},
		"double sign":                 {"转速>=3000 r/min", ">=3000 r/min", "3000", "r/min", need.AtLeast},
		"full width":                  {"含水率＜０．５％", "＜０．５％", "0.5", "%", need.Below},
		"range with wave":             {"固含量60～80%", "60～80%", "60~80", "%", need.Between},
		"range with 到":                {"粘度在300到350厘泊之间", "300到350厘泊", "300~350", "厘泊", need.Between},
		"range, unit twice":           {"湿度40%-60%", "40%-60%", "40~60", "%", need.Between},
		"range below zero":            {"工作温度-40~125℃", "-40~125℃", "-40~125", "℃", need.Between},
		"range in Chinese numerals":   {"厚度三到五毫米", "三到五毫米", "3~5", "毫米", need.Between},
		"neighbouring digits":         {"能撑七八个小时", "七八个小时", "7~8", "小时", need.Between},
		"tolerance":                   {"外径100±0.5mm", "100±0.5mm", "100±0.5", "mm", need.PlusMinus},
		"spoken tolerance":            {"漂移正负0.7ppm", "正负0.7ppm", "0.7", "ppm", need.PlusMinus},
		"spoken per cent":             {"良率百分之九十八", "百分之九十八", "98", "%", ""},
		"tenths":                      {"能耗降三成", "三成", "30", "%", ""},
		"tenths and five":             {"成本降三成五", "三成五", "35", "%", ""},
		"spoken decimal":              {"缝宽零点一五个毫米", "零点一五个毫米", "0.15", "毫米", ""},
		"big Chinese numeral":         {"寿命要一千二百个小时以上", "一千二百个小时以上", "1200", "小时", need.AtLeast},
		"a last digit without power":  {"加热到一百五十度", "一百五十度", "150", "度", ""},
		"multiplier stays with unit":  {"活菌数50亿CFU/mL以上", "50亿CFU/mL以上", "50", "亿CFU/mL", need.AtLeast},
		"thousands":                   {"通断1,200,000次", "1,200,000次", "1200000", "次", ""},
		"scientific":                  {"漏率小于1.5×10^-3 Pa", "小于1.5×10^-3 Pa", "1.5×10^-3", "Pa", need.Below},
		"superscript power":           {"浓度10⁻³mol/L", "10⁻³mol/L", "10⁻³", "mol/L", ""},
		"exponent":                    {"电导率1e-3 S/cm", "1e-3 S/cm", "1e-3", "S/cm", ""},
		"below zero":                  {"在零下20度放置", "零下20度", "-20", "度", ""},
		"spoken unit":                 {"氢效8.5克每升", "8.5克每升", "8.5", "克每升", ""},
		"per five centimetres":        {"强力6.0牛每5厘米", "6.0牛每5厘米", "6.0", "牛每5厘米", ""},
		"kilowatt is no thousand":     {"峰值78千瓦每平米", "78千瓦每平米", "78", "千瓦每平米", ""},
		"IACS":                        {"导电率80%IACS以上", "80%IACS以上", "80", "%IACS", need.AtLeast},
		"unit in parentheses":         {"热导率≥1.5W/(m·K)", "≥1.5W/(m·K)", "1.5", "W/(m·K)", need.AtLeast},
		"mark in parentheses":         {"噪声不高于65dB(A)", "不高于65dB(A)", "65", "dB(A)", need.AtMost},
		"alternatives":                {"电源接入110V/220V市电", "110V/220V", "110/220", "V", ""},
		"verb of direction":           {"节拍缩短到45秒", "缩短到45秒", "45", "秒", need.AtMost},
		"verb and comparator":         {"透过率提高到92%以上", "提高到92%以上", "92", "%", need.AtLeast},
		"held within":                 {"壁厚差控制在3%以内", "控制在3%以内", "3", "%", need.AtMost},
		"difference":                  {"综合能耗降低15%以上", "降低15%以上", "15", "%", need.AtLeast},
		"difference with at least":    {"阻力减少至少8%", "减少至少8%", "8", "%", need.AtLeast},
		"percentage points":           {"回收率再提2个百分点", "2个百分点", "2", "个百分点", ""},
		"about":                       {"现在大概70%左右", "大概70%左右", "70", "%", need.About},
		"English comparator":          {"yield at least 95%", "at least 95%", "95", "%", need.AtLeast},
		"cap":                         {"高度5毫米封顶", "5毫米封顶", "5", "毫米", need.AtMost},
		"transition is no range":      {"由1000度到1040度", "1000度", "1000", "度", ""},
		"unit behind a space":         {"压力 0.5 MPa", "0.5 MPa", "0.5", "MPa", ""},
		"per piece, in words":         {"残渣48mg一块。", "48mg一块", "48", "mg一块", ""},
		"announced, without a unit":   {"介电常数现在4.91，要降", "4.91", "4.91", "", ""},
		"a limit of a tolerance":      {"直径偏差要不超过±0.3μm", "不超过±0.3μm", "0.3", "μm", need.AtMost},
		"magnetic units":              {"矫顽力不低于25kOe", "不低于25kOe", "25", "kOe", need.AtLeast},
		"hardness before the number":  {"硬度HRC58-62", "HRC58-62", "58~62", "HRC", need.Between},
		"an unlisted verb":            {"设备降噪至40分贝", "降噪至40分贝", "40", "分贝", need.AtMost},
		"comparator without any unit": {"动态范围不低于5", "不低于5", "5", "", need.AtLeast},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			got := need.Measures(tt.text)
			if len(got) == 0 {
				t.Fatalf("Measures(%q) found nothing", tt.text)
			}
			m := got[0]
			if quote := string([]rune(tt.text)[m.Start:m.End]); quote != tt.quote {
				t.Errorf("quote = %q, want %q", quote, tt.quote)
			}
			if m.Quantity.Text != tt.number || m.Unit != tt.unit || m.Op != tt.op {
				t.Errorf("got %q %q %q, want %q %q %q", m.Op, m.Quantity.Text, m.Unit, tt.op, tt.number, tt.unit)
			}
		})
	}
}

func TestMeasuresPassOver(t *testing.T) {
	t.Parallel()

	for name, text := range map[string]string{
		"standards":           "按GB/T 22319.1-2008和YB/T 5293检验",
		"grades and names":    "材料23CrNi3MoA，防护IP67，T45钎杆，B05级",
		"dates":               "2019年1月至2019年3月，2027年11月30日，8月31号",
		"list markers":        "1、建立模型\n2.优化工艺\n（3）验证；4）推广",
		"words with numerals": "统一管理，一定要三维重构，万一失败，十分重要，第三方，唯一",
		"an article":          "需要一种新方法和一个平台，一套装置",
		"dimensions":          "大板3200×1600×20毫米，方坯160*160",
		"ordinals":            "第3道工序，第12批",
		"mobile networks":     "用5G网络和3D打印",
		"a phone number":      "电话13800138000",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			for _, m := range need.Measures(text) {
				t.Errorf("found %q", string([]rune(text)[m.Start:m.End]))
			}
		})
	}
}

func TestNormalUnit(t *testing.T) {
	t.Parallel()

	same := map[string][]string{
		"μm": {"um", "微米", "µm", "μ"}, "℃": {"度", "摄氏度", "°C"}, "g/L": {"克每升", "kg/m³", "克/升", "g/l"},
		"%": {"个百分点", "％", "百分点"}, "MPa": {"兆帕", "Mpa", "N/mm²", "N/mm2"}, "Ω": {"欧", "欧姆"}, "μW": {"微瓦", "uW"},
		"h": {"小时", "个小时"}, "t/d": {"吨/天", "吨每天"}, "kWh/kg": {"kW·h/kg", "千瓦时每公斤"}, "kW/m²": {"千瓦每平米", "千瓦每平方米"},
		"mg/块": {"毫克/块", "mg一块"}, "N/5cm": {"牛每5厘米", "N/50mm"}, "r/min": {"转每分钟", "rpm", "转/分"}, "kg/t": {"公斤每吨", "g/kg"},
		"mPa·s": {"cP", "厘泊"}, "%IACS": {"IACS"}, "N·mm/mm": {"牛毫米每毫米"}, "g/cm³": {"克每立方厘米", "g/cm3"},
		"Ω·cm": {"欧姆厘米", "欧厘米", "欧姆乘厘米"}, "N·m": {"牛米", "牛乘米"}, "Pa·s": {"帕秒"}, "g/100g": {"克每百克", "g/百克"}, "桶/min": {"桶一分钟", "桶每分钟"}, "kOe": {"千奥"},
	}
	for unit, others := range same {
		for _, other := range others {
			if !need.SameUnit(unit, other) {
				a, _ := need.NormalUnit(unit)
				b, _ := need.NormalUnit(other)
				t.Errorf("%s %+v and %s %+v differ", unit, a, other, b)
			}
		}
	}
	for a, b := range map[string]string{"mm": "cm", "%": "‰", "g/L": "g/mL", "MPa": "kPa", "件": "台", "mW": "MW"} {
		if need.SameUnit(a, b) {
			t.Errorf("%s and %s are not the same", a, b)
		}
	}
}
