package document_test

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tanxu/document"
	"tanxu/need"
)

func TestNeedsOfForms(t *testing.T) {
	t.Parallel()

	boxes := para("企业技术需求征集表") + grid(
		[]string{"单位名称", "江西锂电有限公司", "统一社会信用代码", "91360100MA000022X0"},
		[]string{"联系人", "赵工", "联系电话", "13607910001"},
		[]string{"技术需求名称", "正极浆料涂布面密度一致性控制"},
		[]string{"需求类型", "□技术攻关 ☑工艺改进 □设备改造"},
		[]string{"主要问题（500字以内）", "面密度波动±3%，极片卷边断带，一天停机2次。"},
		[]string{"主要技术指标", "面密度波动≤1.5%；CPK≥1.33"},
		[]string{"拟投入资金（万元）", "80", "完成时间", "2027年6月"},
		[]string{"合作方式", "☑合作研发 □委托研发 □技术转让"},
		[]string{"对合作方的要求", "有锂电涂布经验的高校或院所。"},
	) + para("填表说明：请如实填写。")
	two := grid(
		[]string{"企业名称：江西锂电有限公司", "所属产业链：新能源"},
		[]string{"联系人：赵工", "联系电话：13607910001"},
		[]string{"技术需求1", "名称", "涂布面密度一致性控制"},
		[]string{"", "问题描述", "面密度波动大，极片卷边断带。"},
		[]string{"技术需求2", "名称", "极片毛刺检测"},
		[]string{"", "问题描述", "毛刺大于10μm检不出来。"},
	)
	sheet := workbook(
		t, nil, []any{"企业技术需求登记表"}, []any{"企业名称", "赣州稀土公司", "", "信用代码", "91360100MA000022X0"}, []any{"需求名称", "钕铁硼晶界扩散降铽"},
		[]any{"主要问题", "铽用量大，成本高，矫顽力不够"}, []any{"指标名称", "现状值", "目标值", "单位"}, []any{"铽用量", "0.6", "0.3", "%"}, []any{"矫顽力", "25", "≥28", "kOe"},
		[]any{"预算", "200万元", "", "完成时间", "2028.6"}, []any{"备注", "无"},
	)
	tests := map[string]struct {
		name string
		data []byte
		want []string
	}{
		"labels beside values, boxes": {"需求.docx", word(t, boxes), []string{
			"skipped: note", "skipped: note",
			"正极浆料涂布面密度一致性控制 | problem 面密度波动±3%，极片卷边断带，一天停机2次 | partner_req 有锂电涂布经验的高校或院所 | deadline 2027-06 | budget 80 | coop_mode 合作研发 | need_type 工艺改进 | 面密度波动 →≤1.5 % | CPK →≥1.33",
		}},
		"labels inside cells, two needs": {"需求.docx", word(t, two), []string{
			"涂布面密度一致性控制 | problem 面密度波动大，极片卷边断带 | chain 新能源", "极片毛刺检测 | problem 毛刺大于10μm检不出来 | chain 新能源",
		}},
		"a sheet with a list inside": {"需求.xlsx", sheet, []string{
			"钕铁硼晶界扩散降铽 | problem 铽用量大，成本高，矫顽力不够 | deadline 2028-06 | budget 200 | 铽用量 0.6→0.3 % | 矫顽力 25→≥28 kOe",
		}},
		"lines of a text": {"需求.txt", gb(t, "一、需求名称：高强高导铜带开发\n二、企业名称：江西铜业公司\n三、主要问题\n退火后软化。\n客户退货。\n四、技术指标：\n1、导电率不低于80%IACS；\n2、抗软化温度达到550℃以上。\n五、投入预算：100万元\n六、完成时限：2027年底"), []string{
			"高强高导铜带开发 | problem 退火后软化。\n客户退货 | deadline 2027-12 | budget 100 | 导电率 →≥80 %IACS | 抗软化温度 →≥550 ℃",
		}},
		"lines of a PDF": {"需求.pdf", pdfFile([]string{"技术需求名称：高强高导铜带开发", "主要问题：退火后软化，客户退货。"}, []string{"考核指标：导电率不低于80%IACS", "拟投入资金：100万元"}), []string{
			"高强高导铜带开发 | problem 退火后软化，客户退货 | budget 100 | 导电率 →≥80 %IACS",
		}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			compare(t, drafts(t, tt.name, tt.data, nil), tt.want...)
		})
	}
}

// Headings part a text, they make no form of it: its sentences say what they
// are about.
func TestNeedsOfTextsWithHeadings(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		body, title string
		budget      float64
		rows        string
	}{
		"in a cell": {inCell(), "面密度波动大", 80, "面密度波动 1.5 %, CPK 1.33 "},
		"a report":  {report(), "关于高导铜带的技术需求", 100, "导电率 80 %IACS, 抗拉强度 550 MPa"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			d := drafts(t, "需求.docx", word(t, tt.body), nil)[0]
			var rows []string
			for _, r := range d.Need.Indicators {
				rows = append(rows, r.Name+" "+quantity(r.Target)+" "+r.Unit)
			}
			budget := d.Need.Field(need.KeyBudget).Items
			if d.Need.Title != tt.title || strings.Join(rows, ", ") != tt.rows || len(budget) != 1 || budget[0].Value.Money.Max != tt.budget || len(d.Need.Field(need.KeyProblem).Items) == 0 {
				t.Errorf("need: %s", outline(d))
			}
		})
	}
}

func TestFactsOfForms(t *testing.T) {
	t.Parallel()

	data := word(t, grid(
		[]string{"企业名称：江西锂电有限公司", "联系人：赵工"}, []string{"需求名称", "涂布"}, []string{"主要问题", "断带"}, []string{"需求名称", "分切"}, []string{"主要问题", "毛刺"},
	))
	for i, d := range drafts(t, "需求.docx", data, nil) {
		if d.Facts[document.OrgName].Text != "江西锂电有限公司" || d.Facts[document.ContactName].Text != "赵工" {
			t.Errorf("draft %d: facts %+v", i+1, d.Facts)
		}
		if d.Facts[document.OrgName].Place != "table=1&cell=A1" || !d.Facts[document.ContactName].Target.Contact() {
			t.Errorf("draft %d: %+v", i+1, d.Facts[document.OrgName])
		}
	}
}

// Each sheet with a form is a need of its own.
func TestSheetsWithForms(t *testing.T) {
	t.Parallel()

	form := func(f *excelize.File, sheet, title string) {
		for i, row := range [][]any{{"需求名称", title}, {"主要问题", title + "不稳定"}, {"联系人", "赵工"}} {
			cell, err := excelize.CoordinatesToCellName(1, i+1)
			must(t, err, f.SetSheetRow(sheet, cell, &row))
		}
	}
	data := workbook(t, func(f *excelize.File) {
		form(f, "Sheet1", "涂布")
		_, err := f.NewSheet("二")
		must(t, err)
		form(f, "二", "分切")
	})
	compare(t, drafts(t, "需求.xlsx", data, nil), "涂布 | problem 涂布不稳定", "分切 | problem 分切不稳定")
}

func TestNeedsOfPlainTexts(t *testing.T) {
	t.Parallel()

	text := "高强高导铜合金带材开发\n目前存在退火后软化的问题，客户退货。\n要求导电率不低于80%IACS，计划投入100万元，2027年底前完成。"
	tests := map[string]struct {
		name  string
		data  []byte
		place string // of the evidence of the budget
		start int
	}{
		"a text file":     {"需求.txt", []byte(text), "text", 47},
		"paragraphs":      {"需求.docx", word(t, para("企业技术需求")+para("高强高导铜合金带材开发")+para("目前存在退火后软化的问题，客户退货。")+para("要求导电率不低于80%IACS，计划投入100万元，2027年底前完成。")), "p=4", 16},
		"pages":           {"需求.pdf", pdfFile([]string{"高强高导铜合金带材开发", "目前存在退火后软化的问题，客户退货。"}, []string{"要求导电率不低于80%IACS，计划投入100万元，2027年底前完成。"}), "page=2", 16},
		"a table of data": {"需求.docx", word(t, para("高强高导铜合金带材开发")+grid([]string{"牌号", "C18150"}, []string{"厚度", "0.2"})+para("目前存在退火后软化的问题，客户退货。要求导电率不低于80%IACS，计划投入100万元，2027年底前完成。")), "p=2", 34},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			var d document.Draft
			for _, x := range drafts(t, tt.name, tt.data, nil) {
				if x.Need != nil && len(x.Need.Field(need.KeyBudget).Items) > 0 {
					d = x
				}
			}
			if d.Need == nil {
				t.Fatal("no need with a budget")
			}
			e := d.Need.Field(need.KeyBudget).Items[0].Evidence[0]
			if e.Ref != document.Ref("d1", tt.place) || e.Start != tt.start || e.Quote != "计划投入100万元" {
				t.Errorf("evidence %+v, want %s from %d", e, tt.place, tt.start)
			}
			if len(d.Need.Indicators) != 1 || len(d.Need.Field(need.KeyDeadline).Items) != 1 {
				t.Errorf("need: %s", outline(d))
			}
		})
	}
}

func inCell() string {
	return grid(
		[]string{"技术需求描述（请说明存在问题、指标）"},
		[]string{"一、存在问题\n面密度波动大，极片卷边断带。\n二、技术指标\n面密度波动≤1.5%；CPK不低于1.33。\n三、预算：80万元"},
		[]string{"单位名称", "江西锂电有限公司"}, []string{"联系电话", "13607910001"},
	)
}

func report() string {
	return para("关于高导铜带的技术需求") + para("一、企业概况") + para("我公司成立于2005年，主要生产铜带，有职工300人。") +
		para("二、技术难题") + para("导电率上不去，") + para("退火后软化。") + para("三、拟达到的技术指标") + para("1.导电率≥80%IACS；") + para("2.抗拉强度≥550MPa。") +
		para("四、资金投入") + para("计划投入100万元。") + para("五、合作方式") + para("希望与高校联合开发。")
}
