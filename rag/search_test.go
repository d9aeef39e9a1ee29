package rag_test

import (
	"fmt"
	"testing"

	"tanxu/need"
	"tanxu/rag"
)

// TestWordsAloneFillTheList: the rarest words of a query may stand in one
// achievement only; the common ones find the rest.
func TestWordsAloneFillTheList(t *testing.T) {
	t.Parallel()

	s := open(t)
	var list []need.Achievement
	for i := range 12 {
		list = append(list, need.Achievement{Centre: province, Code: fmt.Sprint(i), Title: "铜带技术", Summary: fmt.Sprint("第", i, "项"), Shared: true})
	}
	list[0].Title = "铜带引线框架回流焊软化温度导电率技术"
	fill(t, s, nil, list)
	found, err := rag.NewSearcher(s, nil, nil).Search(t.Context(), s.Root(), rag.Query{Title: "铜带引线框架回流焊软化温度导电率"}, 10)
	must(t, err)
	if len(found.Hits) != 10 || found.Hits[0].Achievement.Code != "0" {
		t.Errorf("%d hits", len(found.Hits))
	}
	// What no word finds is not there.
	found, err = rag.NewSearcher(s, nil, nil).Search(t.Context(), s.Root(), rag.Query{Title: "脐橙"}, 10)
	if must(t, err); len(found.Hits) != 0 {
		t.Errorf("%d hits for another trade", len(found.Hits))
	}
}
