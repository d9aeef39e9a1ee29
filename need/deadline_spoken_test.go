package need_test

import (
	"testing"
	"time"

	"tanxu/need"
)

func TestDeadlinesSpoken(t *testing.T) {
	t.Parallel()

	now := time.Date(2026, 11, 25, 10, 0, 0, 0, time.FixedZone("CST", 8*3600)) // a Wednesday
	for text, iso := range map[string]string{
		"过年前要装上":                           "2027-02-05",
		"春节以后再开工":                          "2027-03",
		"年前出样":                             "2027-02-05",
		"年后吧":                              "2027-03",
		"年内定下来":                            "2026-12",
		"赶在明年国庆前":                          "2027-10",
		"五一之前":                             "2027-05",
		"十一之前要供货":                          "2027-10",
		"双十一前上架":                           "2026-11",
		"明年夏天旺季":                           "2027-08",
		"下个月":                              "2026-12",
		"下下个月中":                            "2027-01",
		"下月15号交样":                          "2026-12-15",
		"这个月底":                             "2026-11-30",
		"月底前":                              "2026-11-30",
		"下周五":                              "2026-12-04",
		"这周末":                              "2026-11-29",
		"28年6月底，客户审厂":                      "2028-06-30",
		"2028年2月底，28号":                     "2028-02-28",
		"9月底前，秋季要用":                        "2027-09-30",
		"27年年底":                            "2027-12",
		"三五个月":                             "P5M",
		"一年半载":                             "P12M",
		"个把月":                              "P1M",
		"十天半个月":                            "P15D",
		"两个季度":                             "P6M",
		"by the end of March 2027":         "2027-03",
		"before June 15":                   "2027-06-15",
		"next quarter":                     "2027-03",
		"by the end of this year":          "2026-12",
		"before Chinese New Year":          "2027-02",
		"within six months":                "P6M",
		"in 3 to 4 weeks":                  "P28D",
		"a year or so":                     "P12M",
		"the marketing people decrease it": "",
		"夏天要是热就酸":                          "",
		"去年国庆就坏了":                          "",
		"产品上下周期不一":                         "",
		"几年前就有了":                           "",
		"we may improve it":                "",
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()

			got := ""
			for _, w := range need.Deadlines(text, now) {
				got = w.Deadline.ISO
				break
			}
			if got != iso {
				t.Errorf("Deadlines(%q) = %q, want %q", text, got, iso)
			}
		})
	}
}

func TestSpringFestivalRollsOn(t *testing.T) {
	t.Parallel()

	for day, iso := range map[string]string{"2026-02-20": "2027-02-05", "2026-02-10": "2026-02-16", "2044-05-01": "2045-02-04"} {
		now, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if got := need.Deadlines("过年前", now); len(got) != 1 || got[0].Deadline.ISO != iso {
			t.Errorf("on %s 过年前 is %+v, want %s", day, got, iso)
		}
	}
}
