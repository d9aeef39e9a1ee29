package static_test

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"os"
	"strings"
	"testing"

	"tanxu/embeddings"
	"tanxu/embeddings/embeddingstest"
	"tanxu/embeddings/static"
)

func open(t testing.TB) *static.Embedder {
	t.Helper()
	e, err := static.New()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func embed(t testing.TB, texts ...string) [][]float32 {
	t.Helper()
	v, err := open(t).Embed(t.Context(), embeddings.Passage, texts)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestPromises(t *testing.T) {
	t.Parallel()
	e := open(t)
	if m := e.Model(); m.Dims != 256 || !strings.HasPrefix(m.ID, "static-ngram-zh/256/") {
		t.Errorf("Model() = %+v", m)
	}
	embeddingstest.Check(t, e)
}

// The vectors were written by scripts/train-static.py: what it trains on and
// what is looked up here are the same n-grams.
func TestLikeInTraining(t *testing.T) {
	t.Parallel()
	lines, err := os.ReadFile("testdata/texts.txt")
	if err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var want [][]float64
	if err := json.Unmarshal(body, &want); err != nil {
		t.Fatal(err)
	}
	texts := strings.Split(strings.TrimSuffix(string(lines), "\n"), "\n")
	if len(texts) != len(want) || len(want) < 20 {
		t.Fatalf("%d texts and %d vectors", len(texts), len(want))
	}
	for i, v := range embed(t, texts...) {
		for d, x := range v {
			if math.Abs(float64(x)-want[i][d]) > 2e-5 {
				t.Errorf("%q: cell %d is %f, in training %f", texts[i], d, x, want[i][d])
				break
			}
		}
	}
}

func TestWithoutKnownNgrams(t *testing.T) {
	t.Parallel()
	for i, v := range embed(t, "", "12345", "≥ 80 %", "\xff\xfe", "ñandú 龘") {
		if embeddingstest.Dot(v, v) != 0 && i < 4 {
			t.Errorf("text %d has a direction", i)
		}
		for _, x := range v {
			if math.IsNaN(float64(x)) {
				t.Fatalf("text %d is not a number", i)
			}
		}
	}
}

func TestNearInMeaning(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, near, far string }{
		{"提高铜合金的导电率", "高导电铜材的电导率与强度", "水稻育种的产量性状"},
		{"锂电池容量衰减", "锂离子电池循环寿命", "图像分割的神经网络"},
		{"果园病虫害防治", "柑橘黄龙病检测", "钢材焊接裂纹"},
	}
	for _, tt := range tests {
		v := embed(t, tt.text, tt.near, tt.far)
		if near, far := embeddingstest.Dot(v[0], v[1]), embeddingstest.Dot(v[0], v[2]); near < far+.1 {
			t.Errorf("%s: %.2f to %s, %.2f to %s", tt.text, near, tt.near, far, tt.far)
		}
	}
}

func TestWidthAndCaseAreOne(t *testing.T) {
	t.Parallel()
	v := embed(t, "ＰＬＣ控制　系统", "plc控制 系统")
	if embeddingstest.Dot(v[0], v[1]) < .99999 {
		t.Error("width or case changes the vector")
	}
}

func TestStopsWhenCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := open(t).Embed(ctx, embeddings.Query, []string{"铜"}); !errors.Is(err, context.Canceled) {
		t.Errorf("Embed of a cancelled call = %v", err)
	}
}

func FuzzEmbed(f *testing.F) {
	for _, s := range []string{"", "铜板带", "Ａ-b.c铜１", "\xff铜", strings.Repeat("稻", 300)} {
		f.Add(s)
	}
	e := open(f)
	f.Fuzz(func(t *testing.T, text string) {
		v, err := e.Embed(t.Context(), embeddings.Query, []string{text})
		if err != nil {
			t.Fatal(err)
		}
		if n := embeddingstest.Dot(v[0], v[0]); n != 0 && math.Abs(n-1) > 1e-3 {
			t.Errorf("%q has squared length %f", text, n)
		}
	})
}

func BenchmarkEmbed(b *testing.B) {
	e := open(b)
	for name, text := range map[string]string{
		"title": "铜合金板带导电率提升的关键工艺技术研究", "abstract": strings.Repeat("针对铜合金板带导电率偏低的问题，研究了时效温度对组织的影响。", 14),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := e.Embed(b.Context(), embeddings.Passage, []string{text}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "texts/s")
		})
	}
}
