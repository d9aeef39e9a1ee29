package bge_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tanxu/embeddings"
	"tanxu/embeddings/bge"
	"tanxu/embeddings/embeddingstest"
)

// open loads the model that scripts/fetch-model.sh fetched. Where there is none
// the test is skipped, unless TANXU_REQUIRE_MODEL=1.
func open(t testing.TB) *bge.Embedder {
	t.Helper()
	e, err := bge.Open(bge.Options{Dir: filepath.Join("..", "..", ".local", "models")})
	if errors.Is(err, bge.ErrAbsent) && os.Getenv("TANXU_REQUIRE_MODEL") != "1" { //nolint:forbidigo // a switch of the test run, not of the service
		t.Skipf("run scripts/fetch-model.sh to test the embedding model: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

func TestPromises(t *testing.T) {
	t.Parallel()
	embeddingstest.Check(t, open(t))
}

// TestAgreesWithReference compares with vectors that Hugging Face's tokenizers
// and ONNX Runtime made from the same files in Python, centred there too.
func TestAgreesWithReference(t *testing.T) {
	t.Parallel()

	e := open(t)
	data, err := os.ReadFile(filepath.Join("testdata", "reference.json"))
	if err != nil {
		t.Fatal(err)
	}
	var references []struct {
		Kind   embeddings.Kind
		Text   string
		Vector []float32 // times 10,000
	}
	if err := json.Unmarshal(data, &references); err != nil {
		t.Fatal(err)
	}
	for _, r := range references {
		got, err := e.Embed(t.Context(), r.Kind, []string{r.Text})
		if err != nil {
			t.Fatal(err)
		}
		// Integer kernels differ among CPUs: .99 is far from any mistake in
		// tokens, instruction or pooling, which cost more than .1.
		if cos := embeddingstest.Dot(got[0], r.Vector) / 10_000; cos < .99 {
			t.Errorf("%s %q: cosine with the reference %.4f", r.Kind, r.Text, cos)
		}
	}
}

func TestMeaning(t *testing.T) {
	t.Parallel()

	e := open(t)
	q, err := e.Embed(t.Context(), embeddings.Query, []string{"电池放到冰柜里就没电了，冬天续航掉一半"})
	if err != nil {
		t.Fatal(err)
	}
	p, err := e.Embed(t.Context(), embeddings.Passage, []string{
		"低温型锂离子电解液，-40 ℃ 容量保持率 82 %", "铜带表面缺陷在线检测系统", "柑橘采后保鲜技术", strings.Repeat("很长的文本", 1000),
	})
	if err != nil {
		t.Fatal(err)
	}
	near := embeddingstest.Dot(q[0], p[0])
	for i := 1; i < len(p); i++ {
		if far := embeddingstest.Dot(q[0], p[i]); far >= near {
			t.Errorf("passage %d is nearer (%.3f) than the one that answers (%.3f)", i, far, near)
		}
	}
}

func TestAbsentModelIsSaidPlainly(t *testing.T) {
	t.Parallel()

	dir := t.TempDir()
	_, err := bge.Open(bge.Options{Dir: dir})
	if !errors.Is(err, bge.ErrAbsent) || !strings.Contains(err.Error(), "model.onnx") || !strings.Contains(err.Error(), "fetch-model.sh") {
		t.Errorf("Open of an empty folder = %v", err)
	}
}

func TestCancelledCallStops(t *testing.T) {
	t.Parallel()

	e := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Embed(ctx, embeddings.Passage, []string{"铜带"}); !errors.Is(err, context.Canceled) {
		t.Errorf("Embed after cancel = %v", err)
	}
}

func BenchmarkEmbed(b *testing.B) {
	e := open(b)
	for name, text := range map[string]string{
		"query40":    strings.Repeat("铜板带导电率偏低", 5),
		"passage250": strings.Repeat("铜板带导电率偏低的", 28),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := e.Embed(b.Context(), embeddings.Query, []string{text}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
