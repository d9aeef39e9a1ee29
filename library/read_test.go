package library_test

import (
	"bytes"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"tanxu/document"
	"tanxu/library"
	"tanxu/need"
)

// read reads a file of testdata into a library.
func read(t *testing.T, l need.Library, name string) []library.Row {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := readData(t, l, name, data)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func readData(t *testing.T, l need.Library, name string, data []byte) ([]library.Row, error) {
	t.Helper()
	doc, err := document.Read(t.Context(), name, data, document.Options{})
	if err != nil {
		return nil, err
	}
	r := library.NewReader(l, func(any) error { return errors.New("no rules here") })
	var rows []library.Row
	for d := range document.Records(t.Context(), doc, document.GuessFor(doc, library.Subject(l)), library.Subject(l)) {
		rows = append(rows, r.Read(d))
	}
	return rows, nil
}

// outcomes are what came of rows: the reason, or the code or name of a record.
func outcomes(rows []library.Row) []string {
	var out []string
	for _, r := range rows {
		switch {
		case r.Entry == nil:
			out = append(out, r.Reason)
		case r.Entry.Code != "":
			out = append(out, r.Entry.Code)
		default:
			out = append(out, r.Entry.Name())
		}
	}
	return out
}

// TestAMessySheet has a title over all columns, an empty column and row, units in
// headers, dates as serial numbers, a formula, duplicates and broken rows.
func TestAMessySheet(t *testing.T) {
	t.Parallel()

	rows := read(t, need.Achievements, "成果征集表.xlsx")
	want := []string{
		"CG-2026-001", "CG-2026-002", "CG-2026-003", "no_name", "code_twice", "CG-2026-006", "classified", "duplicate",
		"电解铜箔用低轮廓添加剂及其应用", "total", "note",
	}
	if got := outcomes(rows); !reflect.DeepEqual(got, want) {
		t.Fatalf("%q, want %q", got, want)
	}
	first := rows[0].Entry.Values
	for key, want := range map[string]any{
		"stage": "中期", "price": "80万元", "updated": "2026-05-18", "investment": 300.0, "chain": "有色金属", "people": []any{"李建国", "王芳"},
		"ip": []any{
			map[string]any{"kind": "专利", "number": "ZL202310123456.7", "pledge": "未质押"},
			map[string]any{"kind": "专利", "number": "ZL202410234567.8", "pledge": "质押中"},
		},
	} {
		if !reflect.DeepEqual(first[key], want) {
			t.Errorf("%s is %v, want %v", key, first[key], want)
		}
	}
	if formula := rows[5]; len(formula.Issues) != 1 || formula.Issues[0].Code != "formula" || formula.Entry.Values.Given("price") || formula.Entry.Values.Number("trl") != 7 {
		t.Errorf("a formula gives %v, %v", formula.Issues, formula.Entry.Values)
	}
}

func TestARegisterInGB18030(t *testing.T) {
	t.Parallel()

	rows := read(t, need.Organisations, "单位名录_gb18030.csv")
	if got, want := outcomes(rows), []string{"赣东铜业股份有限公司", "赣东铜业有限公司", "赣南电机厂（普通合伙）", "no_name", "duplicate"}; !reflect.DeepEqual(got, want) {
		t.Fatalf("%q, want %q", got, want)
	}
	if v := rows[0].Entry.Values; v.Text("uscc") != "91360100MA000022X0" || v.Text("region") != "360600" || v.Text("kind") != "企业" {
		t.Errorf("the first is %v", v)
	}
	if r := rows[1]; len(r.Issues) != 1 || r.Issues[0].Code != document.IssueUSCC || r.Entry.Values.Given("uscc") {
		t.Errorf("a wrong credit code gives %v, %v", r.Issues, r.Entry.Values)
	}
}

func TestLinesOfJSON(t *testing.T) {
	t.Parallel()

	rows := read(t, need.FinanceProducts, "finance.jsonl")
	if got, want := outcomes(rows), []string{"F-1", "broken", "F-3"}; !reflect.DeepEqual(got, want) {
		t.Fatalf("%q, want %q", got, want)
	}
	if v := rows[2].Entry.Values; v.Number("limit") != 1000 || v.Number("term_months") != 36 || v.Given("rules") {
		t.Errorf("the last is %v", v)
	}
}

// TestWhatIsWrittenIsReadAgain: each format gives the records back.
func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	t.Parallel()

	e := need.Entry{Library: need.Achievements, Code: "CG-1", Shared: true, Values: need.Values{
		"title": "=高导铜合金", "summary": "第一句。\n第二句，含“引号”与,逗号。", "stage": "中期", "trl": 6.0, "region": "360700", "investment": 120.5,
		"keywords": []any{"铜合金", "时效"}, "transfer": []any{"转让", "许可"}, "updated": "2026-05-18", "source": "单位报送",
		"ip": []any{map[string]any{"kind": "发明专利", "number": "ZL202310123456.7", "status": "有效", "owner": "某大学", "pledge": "质押中"}},
	}}
	for _, format := range []library.Format{library.CSV, library.Lines, library.Excel} {
		t.Run(string(format), func(t *testing.T) {
			t.Parallel()

			var out bytes.Buffer
			if err := library.Write(&out, format, need.Achievements, one(e)); err != nil {
				t.Fatal(err)
			}
			rows, err := readData(t, need.Achievements, "x."+string(format), out.Bytes())
			if err != nil || len(rows) != 1 {
				t.Fatalf("%d rows, %v", len(rows), err)
			}
			if got := rows[0].Entry; got == nil || got.Code != e.Code || !reflect.DeepEqual(got.Values, e.Values) {
				t.Errorf("read %v, want %v", rows[0], e.Values)
			}
		})
	}
}

func one(e need.Entry) iter.Seq2[need.Entry, error] {
	return func(yield func(need.Entry, error) bool) { yield(e, nil) }
}

func TestCells(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		l            need.Library
		header, cell string
		key          string
		want         any
	}{
		"亿元 in a cell":             {need.FinanceProducts, "产品名称,额度上限（万元）", "贷,1.2亿元", "limit", 12000.0},
		"元 in the header":          {need.FinanceProducts, "产品名称,额度上限（元）", "贷,5000000", "limit", 500.0},
		"a range":                  {need.FinanceProducts, "产品名称,额度", "贷,100-500万元", "limit", 500.0},
		"years":                    {need.FinanceProducts, "产品名称,期限（年）", "贷,3", "term_months", 36.0},
		"years in a cell":          {need.FinanceProducts, "产品名称,期限", "贷,最长3年", "term_months", 36.0},
		"months":                   {need.FinanceProducts, "产品名称,期限（年）", "贷,18个月", "term_months", 18.0},
		"a stage in other words":   {need.Achievements, "成果名称,成熟度", "铜带,尚未量产，正在中试", "stage", "中期"},
		"a level":                  {need.Achievements, "成果名称,技术就绪度", "铜带,TRL 8", "trl", 8.0},
		"a stage of a level":       {need.Achievements, "成果名称,技术就绪度", "铜带,8级", "stage", "成熟应用"},
		"a price in other words":   {need.Achievements, "成果名称,合作价格", "铜带,50万元", "price", "50万元"},
		"a chain for a field":      {need.Achievements, "成果名称,技术领域", "铜带,装备制造", "chain", "装备制造"},
		"people without numbers":   {need.Achievements, "成果名称,完成人", "铜带,孙老师 13870000000、李工", "people", []any{"孙老师", "李工"}},
		"a number among people":    {need.Achievements, "成果名称,完成人", "铜带,孙老师 13870000000", "contact_phone", "13870000000"},
		"no rights":                {need.Achievements, "成果名称,专利", "铜带,无", "ip", nil},
		"a day by dots":            {need.Achievements, "成果名称,更新日期", "铜带,2026.5.8", "updated", "2026-05-08"},
		"a serial number":          {need.Achievements, "成果名称,更新日期", "铜带,46160", "updated", "2026-05-18"},
		"no day":                   {need.Achievements, "成果名称,更新日期", "铜带,去年", "updated", nil},
		"a county":                 {need.Experts, "姓名,所在地区", "李某,江西省赣州市章贡区", "region", "360700"},
		"a project":                {need.Experts, "姓名,服务企业项目", "李某,2024，铜带软化：量产", "projects", []any{map[string]any{"title": "铜带软化", "year": 2024.0, "result": "量产"}}},
		"kinds in other words":     {need.Providers, "机构名称,服务类型", "某所,专利代理、资产评估", "kinds", []any{"知识产权评估", "知识产权代理"}},
		"rights in one cell":       {need.Achievements, "成果名称,专利", "铜带,发明专利ZL202310123456.7（有效）", "ip", []any{map[string]any{"kind": "发明专利", "number": "ZL202310123456.7", "status": "有效"}}},
		"only how many rights":     {need.Achievements, "成果名称,知识产权情况", "铜带,授权发明专利3项", "ip", []any{map[string]any{"kind": "发明专利", "status": "授权"}}},
		"a pledge that was lifted": {need.Achievements, "成果名称,专利,质押状态", "铜带,ZL202310123456.7,已解除质押", "ip", []any{map[string]any{"kind": "专利", "number": "ZL202310123456.7", "pledge": "已解除"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			rows, err := readData(t, tt.l, "x.csv", []byte(tt.header+"\n"+tt.cell+"\n"))
			if err != nil || len(rows) != 1 || rows[0].Entry == nil {
				t.Fatalf("%v, %v", rows, err)
			}
			if got := rows[0].Entry.Values[tt.key]; !reflect.DeepEqual(got, tt.want) {
				t.Errorf("%s is %v, want %v", tt.key, got, tt.want)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add("成果名称,成熟度,专利\n铜带,中试,ZL202310123456.7；软著2021SR0456789")
	f.Add("成果名称,登记日期,投资需求（元）\n=1,46160,-5\n,,\n")
	f.Fuzz(func(t *testing.T, sheet string) {
		for _, l := range need.Libraries() {
			rows, err := readData(t, l, "x.csv", []byte(sheet))
			if err != nil {
				continue // refused by the reader of files
			}
			for _, r := range rows {
				if r.Entry == nil {
					continue
				}
				if _, faults := l.Clean(r.Entry.Values); len(faults) > 0 || r.Entry.Name() == "" {
					t.Errorf("took %v: %v", r.Entry.Values, faults)
				}
			}
		}
	})
}
