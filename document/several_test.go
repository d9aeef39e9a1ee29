package document_test

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tanxu/document"
)

// A sheet whose second row of headers says some names once more, with a list of
// two things in the column of titles and figures alone below 现状.
func TestCellsThatAreNotWhatTheirColumnSays(t *testing.T) {
	t.Parallel()

	book := workbook(
		t, func(f *excelize.File) { must(t, f.MergeCell("Sheet1", "A1", "F1"), f.MergeCell("Sheet1", "B2", "E2")) },
		[]any{"附件2：企业技术需求征集表"},
		[]any{"序号", "需求内容", "", "", "", "备注"},
		[]any{"", "企业名称", "需求名称", "技术难题", "现状", "备注"},
		[]any{1, "上饶晶茂光电有限公司", "①镀膜机抽气时间长，抽气时间由45分钟缩短到30分钟以内；②镀膜均匀性差，片间厚度偏差由5%降到2%", "", "", "甲"},
		[]any{2, "景德镇宏窑日用瓷厂", "日用瓷釉面针孔", "釉面针孔率约6%，希望降到1%以下", "6%", "乙"},
	)
	doc, err := document.Read(t.Context(), "征集表.xlsx", book, document.Options{})
	must(t, err)
	m := document.Guess(doc)
	var headers []string
	for _, c := range m.Tables[0].Columns {
		headers = append(headers, c.Header)
	}
	if got := strings.Join(headers, " "); got != "序号 需求内容/企业名称 需求内容/需求名称 需求内容/技术难题 需求内容/现状 备注" {
		t.Errorf("headers: %s", got)
	}
	got := draftsOf(t, doc, m)
	if len(got) != 2 {
		t.Fatalf("%d drafts", len(got))
	}
	if n := got[0].Need; n.Title != "镀膜机抽气时间长" || len(n.Indicators) != 2 || !strings.Contains(issues(got[0]), "several sheet=Sheet1&cell=C4") {
		t.Errorf("%q with %d indicators; %s", n.Title, len(n.Indicators), issues(got[0]))
	}
	if p := got[1].Need.Fields["problem"].Items; len(p) != 1 || p[0].Value.Text != "釉面针孔率约6%，希望降到1%以下" {
		t.Errorf("problem = %+v", p)
	}
}
