package document_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tanxu/document"
	"tanxu/need"
)

// columns maps the columns of a CSV file and tells what they mean.
func columns(t *testing.T, csv string, o document.Overrides) []document.Column {
	t.Helper()
	doc, err := document.Read(context.Background(), "需求.csv", []byte(csv), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return document.Guess(doc).With(o).Tables[0].Columns
}

func TestHeadersAreUnderstood(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		header string
		target document.Target
		reason document.Reason
	}{
		"the name itself":                {"技术需求名称", document.Title, document.ByName},
		"a star, a number and a bracket": {"* 3、主要问题（不超过500字）", "problem", document.ByName},
		"broken in two lines":            {"拟解决的\n技术难题", "problem", document.ByName},
		"spaces between the characters":  {"联 系 人", document.ContactName, document.ByName},
		"full width":                     {"Ｅｍａｉｌ", document.ContactEmail, document.ByName},
		"a known word at the end":        {"企业联系人电话", document.ContactPhone, document.ByWord},
		"a known word inside":            {"所提技术需求的合作方式及说明", "coop_mode", document.ByWord},
		"budget for the partner":         {"拟支付给合作方的金额", "budget_to_partner", document.ByWord},
		"almost the name":                {"技术需求之名称", document.Title, document.BySimilar},
		"nearly a known one":             {"现有的基础条件", "foundation", document.ByWord},
		"everyday words":                 {"打算花多少钱", "budget", document.ByWord},
		"nothing that anybody knows":     {"天气", "", document.NotKnown},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			got := columns(t, "\""+tt.header+"\",统一社会信用代码,关键技术,研究内容\n甲,乙,丙,丁\n甲,乙,丙,丁\n", nil)[0]
			if got.Target != tt.target || got.Reason != tt.reason {
				t.Errorf("%q = %s by %s (%.2f), want %s by %s", tt.header, got.Target, got.Reason, got.Confidence, tt.target, tt.reason)
			}
			if (got.Target == "") != (got.Confidence == 0) || got.Confidence > 1 {
				t.Errorf("confidence of %s: %v", got.Target, got.Confidence)
			}
		})
	}
}

func TestCellsTellWhatTheHeaderDoesNot(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		cells  []string
		target document.Target
	}{
		"credit codes":      {[]string{"91360100MA000022X0", "91350100M000100Y43", "91360100MA000022X0"}, document.OrgUSCC},
		"phones":            {[]string{"13907970001", "0797-8123456", "139 0797 0002"}, document.ContactPhone},
		"addresses":         {[]string{"a@b.cn", "li.gong@example.com", "c@d.com"}, document.ContactEmail},
		"companies":         {[]string{"赣州华铜有限公司", "江西果园合作社", "某某研究院"}, document.OrgName},
		"amounts":           {[]string{"50万元", "100-200万", "80万"}, "budget"},
		"dates":             {[]string{"2027年6月", "2027-12-31", "12个月"}, "deadline"},
		"ways to cooperate": {[]string{"合作研发", "委托开发", "技术转让"}, "coop_mode"},
		"cities":            {[]string{"赣州市", "南昌", "宜春市"}, "region"},
		"chains":            {[]string{"有色金属", "新能源产业链", "食品"}, "chain"},
		"indicators":        {[]string{"导电率≥80%IACS", "腐烂率≤5%", "厚度不超过0.2mm"}, "indicator"},
		"anything":          {[]string{"晴", "雨", "多云"}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			csv := "甲乙丙,需求名称,主要问题\n"
			for i, cell := range tt.cells {
				csv += fmt.Sprintf("%s,需求%d号,问题%d\n", cell, i, i)
			}
			if got := columns(t, csv, nil)[0]; got.Target != tt.target {
				t.Errorf("%s by %s, want %s", got.Target, got.Reason, tt.target)
			}
		})
	}
}

func TestColumnsThatClaimTheSame(t *testing.T) {
	t.Parallel()

	got := columns(t, "需求名称,项目名称,主要问题,存在的困难,联系电话,手机\n铜带氧化,氧化项目,发红,退货,1390797,1390798\n", nil)
	want := []document.Target{document.Title, "", "problem", "problem", document.ContactPhone, document.ContactPhone}
	for i, c := range got {
		if c.Target != want[i] {
			t.Errorf("%s = %s, want %s", c.Header, c.Target, want[i])
		}
	}
	if got[1].Reason != document.Taken {
		t.Errorf("reason of %s: %s", got[1].Header, got[1].Reason)
	}
}

func TestOverrides(t *testing.T) {
	t.Parallel()

	csv := "需求名称,项目名称,主要问题,天气\n铜带氧化,氧化项目,发红,晴\n"
	tests := map[string]struct {
		o    document.Overrides
		want string
	}{
		"by header":               {document.Overrides{"天气": "tried"}, "title, ,problem,tried"},
		"by header, loosely":      {document.Overrides{" 天 气：": "tried"}, "title, ,problem,tried"},
		"by letter":               {document.Overrides{"D": "scene"}, "title, ,problem,scene"},
		"by sheet and letter":     {document.Overrides{"!D": "scene", "D": "tried"}, "title, ,problem,scene"},
		"a header before letters": {document.Overrides{"天气": "scene", "D": "tried"}, "title, ,problem,scene"},
		"the former title yields": {document.Overrides{"项目名称": document.Title}, " ,title,problem, "},
		"to nothing":              {document.Overrides{"主要问题": ""}, "title, , , "},
		"of another file":         {document.Overrides{"别的列": "problem"}, "title, ,problem, "},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			if err := tt.o.Check(); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, c := range columns(t, csv, tt.o) {
				got = append(got, string(c.Target))
			}
			if said := strings.Join(got, ","); said != strings.ReplaceAll(tt.want, " ", "") {
				t.Errorf("targets %s, want %s", said, tt.want)
			}
		})
	}
}

func TestOverridesMakeAList(t *testing.T) {
	t.Parallel()

	csv := []byte("甲,乙\n铜带氧化,存放后发红\n脐橙保鲜,腐烂率高\n")
	compare(t, drafts(t, "需求.csv", csv, nil), "skipped: nothing")
	compare(t, drafts(t, "需求.csv", csv, document.Overrides{"A": document.Title, "B": "problem"}),
		"甲 | problem vague 乙", "铜带氧化 | problem 存放后发红", "脐橙保鲜 | problem 腐烂率高")
}

func TestOverridesOfForms(t *testing.T) {
	t.Parallel()

	data := word(t, grid([]string{"需求名称", "涂布"}, []string{"主要问题", "断带"}, []string{"现场情况", "试过三次都不行"}, []string{"联系人", "赵工"}))
	compare(t, drafts(t, "需求.docx", data, nil), "涂布 | problem 断带")
	compare(t, drafts(t, "需求.docx", data, document.Overrides{"现场情况": "tried"}), "涂布 | problem 断带 | tried 试过三次都不行")
}

func TestOverridesAreChecked(t *testing.T) {
	t.Parallel()

	if err := (document.Overrides{"A": "titel"}).Check(); need.KindOf(err) != need.Invalid || need.CodeOf(err) != "mapping_target" {
		t.Errorf("Check() = %v", err)
	}
	for _, k := range need.Keys() {
		if !slices.Contains(document.Targets(), document.Target(k)) {
			t.Errorf("%s is no target", k)
		}
	}
}

// A mapping is kept and sent: it must come back as it was.
func TestMappingsSurviveJSON(t *testing.T) {
	t.Parallel()

	doc, err := document.Read(context.Background(), "需求.xlsx", messyBook(t), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := document.Guess(doc)
	data, err := json.Marshal(m)
	must(t, err)
	var back document.Mapping
	must(t, json.Unmarshal(data, &back))
	a, b := draftsOf(t, doc, m), draftsOf(t, doc, back)
	for i := range a {
		if outline(a[i]) != outline(b[i]) {
			t.Errorf("draft %d: %s, want %s", i+1, outline(b[i]), outline(a[i]))
		}
	}
}

// A mapping of another file must not break the reading of this one.
func TestMappingsOfOtherFiles(t *testing.T) {
	t.Parallel()

	doc, err := document.Read(context.Background(), "需求.csv", []byte("需求名称,主要问题\n铜带氧化,发红\n"), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, m := range map[string]document.Mapping{
		"none":                         {},
		"a form where there is a list": {Tables: []document.TableMapping{{Layout: document.LayoutForm, Columns: []document.Column{{Row: 99, Col: 7, Target: "problem"}}}}},
		"columns that are not there":   {Tables: []document.TableMapping{{Layout: document.LayoutRows, First: 500, Columns: []document.Column{{Col: 900, Target: "problem"}}}}},
		"text where there is none":     {Text: document.TableMapping{Layout: document.LayoutForm}},
	} {
		for _, d := range draftsOf(t, doc, m) {
			if d.Need != nil {
				t.Errorf("%s: %s", name, outline(d))
			}
		}
	}
}
