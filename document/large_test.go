package document_test

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tanxu/document"
	"tanxu/extract"
	"tanxu/need"
)

// largeBook writes a spreadsheet of n needs, no two of which are alike.
func largeBook(t testing.TB, n int) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	must(t, err)
	row := func(number int, cells ...any) { must(t, w.SetRow(fmt.Sprintf("A%d", number), cells)) }
	row(1, "2026年度企业技术需求汇总表")
	row(2, "序号", "企业名称", "统一社会信用代码", "技术需求名称", "主要问题", "主要技术指标", "拟投入资金（万元）", "完成时限", "解决方式", "现有基础", "联系人", "联系电话")
	products := []string{"高强高导铜铬锆合金带材", "磷酸铁锂正极浆料", "脐橙采后保鲜", "钨钼合金丝", "蒸压加气混凝土板", "水刺无纺布", "氟碳涂料"}
	modes := []string{"合作研发", "委托研发", "技术咨询", "技术转让"}
	for i := range n {
		product := products[i%len(products)]
		row(i+3, i+1, fmt.Sprintf("江西第%d新材料有限公司", i/3), "91360100MA000022X0",
			fmt.Sprintf("%s第%d批次一致性控制技术", product, i),
			fmt.Sprintf("%s在第%d道工序后合格率只有%d%%，退火后强度下降明显，每月因此返工%d次，客户已经退货%d批，急需解决。", product, i%9+1, 60+i%30, i%7+2, i%5+1),
			fmt.Sprintf("1.合格率≥%d%%（按GB/T 2828.1）；\n2.抗拉强度不低于%dMPa；\n3.单耗由%dkWh/t降到%dkWh/t以下", 90+i%9, 400+i%200, 300+i%50, 200+i%50),
			fmt.Sprintf("%d-%d", 20+i%80, 100+i%80), 46568+i%300, modes[i%len(modes)], fmt.Sprintf("有中试线1条，研发人员%d人，可提供样品和检测数据。", 5+i%40),
			"李工", fmt.Sprintf("139%08d", i))
	}
	must(t, w.Flush())
	var out bytes.Buffer
	must(t, f.Write(&out))
	return out.Bytes()
}

// heap is how much memory is in use.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestLargeSpreadsheet holds the promise of 5,000 rows within 60 seconds, in
// memory that does not grow with the rows that were read.
func TestLargeSpreadsheet(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const rows, growth = 5_000, 8 << 20
	data := largeBook(t, rows)
	started := time.Now()
	doc, err := child(t, "parse-document", document.Bounds{}).Read(context.Background(), "需求.xlsx", data)
	if err != nil {
		t.Fatal(err)
	}
	read := time.Since(started)
	n := 0
	src := document.Source{ID: "d", Now: now(), NewID: func() need.ID { return need.ID(fmt.Sprint(n)) }}
	var early, late uint64
	for d := range document.Needs(context.Background(), doc, document.Guess(doc), extract.NewRules(), src) {
		if d.Need == nil || len(d.Need.Indicators) != 3 || len(d.Need.Field(need.KeyBudget).Items) != 1 || len(d.Need.Field(need.KeyDeadline).Items) != 1 {
			t.Fatalf("row %d: %+v", d.Row, d)
		}
		switch n++; n {
		case rows / 10:
			early = heap()
		case rows:
			late = heap()
		}
	}
	took := time.Since(started)
	t.Logf("%d rows, %d KiB: read in %s, drafted in %s; heap %d KiB after a tenth, %d KiB at the end", rows, len(data)>>10, read, took-read, early>>10, late>>10)
	if n != rows || took > time.Minute {
		t.Errorf("%d needs in %s, want %d within a minute", n, took, rows)
	}
	if late > early+growth {
		t.Errorf("the heap grew from %d to %d bytes", early, late)
	}
}

func BenchmarkSpreadsheet(b *testing.B) {
	data := largeBook(b, 1_000)
	for b.Loop() {
		doc, err := document.Read(context.Background(), "需求.xlsx", data, document.Options{})
		must(b, err)
		src := document.Source{ID: "d", Now: now(), NewID: func() need.ID { return "n" }}
		for d := range document.Needs(context.Background(), doc, document.Guess(doc), extract.NewRules(), src) {
			if d.Need == nil {
				b.Fatalf("row %d: %s", d.Row, d.Skipped)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1_000, "µs/row")
}

func now() time.Time { return time.Date(2026, 11, 24, 8, 0, 0, 0, time.FixedZone("CST", 8*3600)) }
