package extract_test

import (
	"slices"
	"strings"
	"testing"

	"tanxu/extract"
	"tanxu/need"
)

// described is a need as firms write them into forms, of our own making.
const described = `一、技术难题
公司目前生产的球墨铸铁轮毂内部缩松严重，合格率只有82%，导致加工后漏气报废，每月损失较大。
传统工艺采用冒口补缩，效果不理想。
二、研究内容
开发一种适用于薄壁轮毂的砂型铸造新工艺，研究浇注系统与冷铁布置的优化方法。
三、技术指标
1、成品率由目前的82%提高到95%以上；
2、抗拉强度≥450MPa，延伸率不低于10%（GB/T 228.1）；
3、150℃保温24h，尺寸变化率≤0.05%；
4、单件能耗降低15%以上。
四、工作基础
公司现有员工300人，年产值2.3亿元，拥有垂直造型线2条，已授权发明专利5项。
五、合作方式
希望与高校联合开发，项目计划投入200万元，2027年12月前完成。`

func TestRowsOfText(t *testing.T) {
	t.Parallel()

	n := extract.FromText(extract.NewRules(), "球铁轮毂缩松控制", described, now())
	var got []string
	for _, r := range n.Indicators {
		got = append(got, strings.Join([]string{r.Name, text(r.Current), string(r.Op), text(r.Target), r.Unit, r.Condition}, "|"))
	}
	want := []string{
		"成品率|82|≥|95|%|", "抗拉强度||≥|450|MPa|", "延伸率||≥|10|%|GB/T 228.1",
		"尺寸变化率||≤|0.05|%|150℃保温24h", "单件能耗降低||≥|15|%|",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestFieldsOfText(t *testing.T) {
	t.Parallel()

	n := extract.FromText(extract.NewRules(), "球铁轮毂缩松控制", described, now())
	for k, want := range map[need.Key]string{
		need.KeyProblem: "缩松严重", need.KeyKeyTech: "砂型铸造新工艺", need.KeyTried: "冒口补缩",
		need.KeyFoundation: "垂直造型线2条", need.KeyPartnerReq: "联合开发",
	} {
		var all []string
		for _, item := range n.Field(k).Items {
			all = append(all, item.Value.Text)
		}
		if !strings.Contains(strings.Join(all, " "), want) {
			t.Errorf("%s = %q, want %q in it", k, all, want)
		}
	}
	if items := n.Field(need.KeyBudget).Items; len(items) != 1 || items[0].Value.Money.Min != 200 {
		t.Errorf("budget = %+v", items)
	}
	if items := n.Field(need.KeyDeadline).Items; len(items) != 1 || items[0].Value.Deadline.ISO != "2027-12" {
		t.Errorf("deadline = %+v", items)
	}
	if items := n.Field(need.KeyCoopMode).Items; len(items) != 1 || items[0].Value.Text != "合作研发" {
		t.Errorf("mode = %+v", items)
	}
	if s := n.Suggested[need.KeyChain]; s.Value == "" || s.Why == "" {
		t.Errorf("chain is suggested as %+v", s)
	}
	for _, k := range need.Keys() {
		for _, item := range n.Field(k).Items {
			for _, e := range item.Evidence {
				whole := described
				if e.Ref == extract.TitleRef {
					whole = "球铁轮毂缩松控制"
				}
				if string([]rune(whole)[e.Start:e.End]) != e.Quote {
					t.Errorf("%s: evidence %+v is not where it says", k, e)
				}
			}
		}
	}
}

func TestRowsOfSentences(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		text string
		rows []string // name|current|op|target|unit; none for a text without indicators
	}{
		"enumeration of limits":         {"技术要求：工作电压不低于10V，漏电流≤5mA，响应时间小于20ms。", []string{"工作电压||≥|10|V", "漏电流||≤|5|mA", "响应时间||<|20|ms"}},
		"plain values of a spec":        {"技术指标：采样率20MHz，存储深度64K。", []string{"采样率||=|20|MHz", "存储深度||=|64|K"}},
		"differences":                   {"预期目标：掘进效率提高20%，故障率降低50%。", []string{"掘进效率提高||=|20|%", "故障率降低||=|50|%"}},
		"from to":                       {"希望将焊缝合格率从92%提高到98%以上。", []string{"焊缝合格率|92|≥|98|%"}},
		"a range to hold":               {"要求涂层厚度控制在5-8μm。", []string{"涂层厚度||range|5~8|μm"}},
		"hardness before its number":    {"要求淬火后硬度达到HRC58-62。", []string{"淬火后硬度||range|58~62|HRC"}},
		"object behind the verb":        {"预期目标为降低变速箱整体质量20%以上。", []string{"变速箱整体质量降低||≥|20|%"}},
		"multiplier in the unit":        {"预期活菌数达到50~100亿CFU/mL。", []string{"活菌数||range|50~100|亿CFU/mL"}},
		"figures of the firm":           {"公司现有员工120人，年产值3.5亿元，占地80亩。", nil},
		"figures of the market":         {"据统计，我国每年产生尾矿12亿吨，利用率不到20%。", nil},
		"what describes a thing":        {"公司主要生产厚度大于3mm的板材。", nil},
		"patents and papers":            {"申请专利5项以上，发表论文10篇。", nil},
		"grades and standards":          {"材料为42CrMo，按GB/T 3077-2015供货，防护等级IP67。", nil},
		"dates and phases":              {"2026年1月至2026年6月，完成方案设计。", nil},
		"a working condition by itself": {"设备在-20℃至60℃环境下运行。", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			n := extract.FromText(extract.NewRules(), "", tt.text, now())
			var got []string
			for _, r := range n.Indicators {
				got = append(got, strings.Join([]string{r.Name, text(r.Current), string(r.Op), text(r.Target), r.Unit}, "|"))
			}
			if !slices.Equal(got, tt.rows) {
				t.Errorf("got %q, want %q", got, tt.rows)
			}
		})
	}
}

func TestFromTextOfNothing(t *testing.T) {
	t.Parallel()

	for _, body := range []string{"", "   \n", "。。。", "\x00\xff"} {
		n := extract.FromText(extract.NewRules(), "", body, now())
		if len(n.Indicators) > 0 || n.Quality().Score != 0 {
			t.Errorf("%q gives %+v", body, n)
		}
	}
}
