package openai

import (
	"strings"

	"tanxu/embeddings"
)

// habit is what a family of models wants to be given.
type habit struct {
	query, passage string // stand before the text
	longest        int    // runes; the endpoint would refuse more tokens than the model takes
}

// habitOf knows the families by the model's name, whatever the provider calls it.
func habitOf(model string) habit {
	model = strings.ToLower(model)
	switch {
	case strings.Contains(model, "bge") && strings.Contains(model, "-zh"):
		return habit{query: "为这个句子生成表示以用于检索相关文章：", longest: 480}
	case strings.Contains(model, "qwen3-embedding"):
		return habit{query: "Instruct: 给出一个企业的技术需求，检索能够解决该需求的科技成果\nQuery: ", longest: 6000}
	case strings.Contains(model, "e5-"):
		return habit{query: "query: ", passage: "passage: ", longest: 480}
	default:
		return habit{longest: 6000}
	}
}

func (h habit) prepare(kind embeddings.Kind, text string) string {
	prefix := h.passage
	if kind == embeddings.Query {
		prefix = h.query
	}
	if strings.TrimSpace(text) == "" {
		text = "。" // endpoints refuse an empty text
	}
	if runes := []rune(text); len(runes) > h.longest {
		text = string(runes[:h.longest])
	}
	return prefix + text
}
