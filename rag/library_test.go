package rag_test

import (
	"strings"
	"testing"

	"tanxu/need"
	"tanxu/rag"
)

const summary = `"summary":"针对铜带导电率偏低的问题，提出短流程路线，已完成中试。"`

func TestReadAchievements(t *testing.T) {
	t.Parallel()

	good := `{"code":"A","title":"铜带",` + summary + `}`
	tests := map[string]struct{ file, at string }{
		"blank lines and a byte order mark": {"\ufeff\n" + good + "\n\n", ""},
		"not shared":                        {`{"code":"A","title":"铜带","shared":false,` + summary + `}`, ""},
		"an unknown field":                  {good + "\n" + `{"code":"B","titel":"铜带",` + summary + `}`, "line 2"},
		"no title":                          {`{"code":"A",` + summary + `}`, "line 1"},
		"a summary that says nothing":       {`{"code":"A","title":"铜带","summary":"很好"}`, "line 1"},
		"a code twice":                      {good + "\n\n" + good, "line 3"},
		"a chain that is none":              {`{"code":"A","title":"铜带","chain":"铜",` + summary + `}`, "line 1"},
		"a stage that is none":              {`{"code":"A","title":"铜带","stage":"小试",` + summary + `}`, "line 1"},
		"TRL 10":                            {`{"code":"A","title":"铜带","trl":10,` + summary + `}`, "line 1"},
		"a region that is no code":          {`{"code":"A","title":"铜带","region":"赣州",` + summary + `}`, "line 1"},
		"a day that is none":                {`{"code":"A","title":"铜带","detail":{"updated":"2026-02-30"},` + summary + `}`, "line 1"},
		"two objects in a line":             {good + good, "line 1"},
		"no JSON":                           {good + "\nhello", "line 2"},
		"a zero character":                  {`{"code":"A","title":"铜\u0000带",` + summary + `}`, "line 1"},
		"no UTF-8":                          {"{\"code\":\"A\",\"title\":\"\xff\"," + summary + "}", "line 1"},
		"a line without end":                {good + "\n" + strings.Repeat("x", 2<<20), "line 2"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			list, err := rag.ReadAchievements(strings.NewReader(tt.file), province)
			switch {
			case tt.at == "" && (err != nil || len(list) != 1 || list[0].Centre != province):
				t.Errorf("%d achievements, %v", len(list), err)
			case tt.at != "" && (need.KindOf(err) != need.Invalid || !strings.Contains(err.Error(), tt.at+":") || list != nil):
				t.Errorf("%d achievements, %v; want an error in %s", len(list), err, tt.at)
			}
		})
	}
}

func TestReadExpertsAndFinanceProducts(t *testing.T) {
	t.Parallel()

	experts, err := rag.ReadExperts(strings.NewReader(
		`{"code":"E1","name":"李某","title":"教授","org":"某大学","region":"360700","chain":"有色金属","summary":"铜合金","keywords":["铜"],"detail":{"projects":[{"title":"铜带软化","year":2025,"result":"量产"}],"modes":["合作研发"]}}`), ganzhou)
	if err != nil || len(experts) != 1 || !experts[0].Shared || !strings.Contains(string(experts[0].Detail), "铜带软化") {
		t.Errorf("experts %+v, %v", experts, err)
	}
	if _, err := rag.ReadExperts(strings.NewReader(`{"code":"E1","name":"李某","detail":{"projects":[{"year":2025}]}}`), ganzhou); need.KindOf(err) != need.Invalid {
		t.Errorf("a project without a title: %v", err)
	}
	products, err := rag.ReadFinanceProducts(strings.NewReader(
		`{"code":"F1","name":"中试贷","org":"某银行","kind":"中试贷","summary":"支持中试","detail":{"for":["科技型中小企业"],"limit":500,"term_months":36,"regions":["360700"],"stages":["中期"],"trl_min":5,"valid_until":"2027-12-31"}}`), province)
	if err != nil || len(products) != 1 || products[0].Kind != "中试贷" {
		t.Errorf("products %+v, %v", products, err)
	}
	for _, detail := range []string{`{"chains":["铜"]}`, `{"limit":-1}`, `{"regions":["赣州"]}`, `{"stages":["小试"]}`, `{"trl_max":12}`} {
		if _, err := rag.ReadFinanceProducts(strings.NewReader(`{"code":"F1","name":"贷","detail":`+detail+`}`), province); need.KindOf(err) != need.Invalid {
			t.Errorf("detail %s: %v", detail, err)
		}
	}
}

func FuzzReadAchievements(f *testing.F) {
	f.Add(`{"code":"A","title":"铜带",` + summary + `,"detail":{"ip":[{"kind":"发明专利"}]}}`)
	f.Add("{}\n[]\nnull")
	f.Add(`{"code":"A","trl":1e400}`)
	f.Fuzz(func(t *testing.T, file string) {
		list, err := rag.ReadAchievements(strings.NewReader(file), province)
		if err != nil && list != nil {
			t.Error("an error, and achievements")
		}
		for _, a := range list {
			if a.Code == "" || a.Title == "" || a.TRL < 0 || a.TRL > 9 || len(a.Detail) < 2 {
				t.Errorf("took %+v", a)
			}
		}
	})
}
