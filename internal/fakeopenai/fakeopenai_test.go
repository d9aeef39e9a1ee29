package fakeopenai_test

import (
	"bytes"
	"encoding/json"
	"math"
	"net/http"
	"testing"

	"tanxu/internal/fakeopenai"
)

func post(t *testing.T, url, body string, into any) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, bytes.NewReader([]byte(body)))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode
}

func TestVectorsAreUnitAndRepeatable(t *testing.T) {
	t.Parallel()
	s, err := fakeopenai.Start(fakeopenai.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	var got struct {
		Data []struct{ Embedding []float64 }
	}
	if status := post(t, s.URL+"/embeddings", `{"model":"e","input":["锂电涂布","锂电涂布","铜箔"],"dimensions":16}`, &got); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	sum := 0.0
	for i, x := range got.Data[0].Embedding {
		sum += x * x
		if x != got.Data[1].Embedding[i] {
			t.Fatal("equal texts have different vectors")
		}
	}
	if len(got.Data) != 3 || len(got.Data[2].Embedding) != 16 || math.Abs(sum-1) > 1e-5 {
		t.Errorf("%d vectors, %d dims, square %v", len(got.Data), len(got.Data[2].Embedding), sum)
	}
	if got.Data[0].Embedding[0] == got.Data[2].Embedding[0] {
		t.Error("different texts have the same vector")
	}
}

func TestRerankPutsTheNearestFirst(t *testing.T) {
	t.Parallel()
	s, err := fakeopenai.Start(fakeopenai.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	var got struct {
		Results []struct {
			Index int
			Score float64 `json:"relevance_score"`
		}
	}
	post(t, s.URL+"/rerank", `{"query":"涂布面密度","documents":["焊接机器人","锂电涂布面密度闭环"],"top_n":1}`, &got)
	if len(got.Results) != 1 || got.Results[0].Index != 1 || got.Results[0].Score != 1 {
		t.Errorf("results %+v", got.Results)
	}
}
