package need

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// LevelsOf are the levels of readiness (TRL) that a stage spans, 0 and 0 for no
// stage: 初期 1–4, 中期 5–7, 成熟应用 8–9.
func LevelsOf(stage string) (low, high int) {
	switch stage {
	case "初期":
		return 1, 4
	case "中期":
		return 5, 7
	case "成熟应用":
		return 8, 9
	default:
		return 0, 0
	}
}

// StageOf is the stage of a level of readiness, "" for 0.
func StageOf(trl int) string {
	for _, stage := range Stages() {
		if low, high := LevelsOf(stage); trl >= low && trl <= high {
			return stage
		}
	}
	return ""
}

// settleStage fills the stage from a level, and finds the two at odds.
func settleStage(v Values) []FieldFault {
	trl, stage := int(v.Number("trl")), v.Text("stage")
	switch of := StageOf(trl); {
	case trl == 0:
	case stage == "":
		v["stage"] = of
	case stage != of:
		return []FieldFault{{"trl", "place_stage"}}
	}
	return nil
}

var levelWritten = regexp.MustCompile(`(?i)(?:trl|成熟度|技术就绪(?:度|等级)?|就绪水平)\s*[:：]?\s*(?:等级|为|达到|第)?\s*([1-9])(?:\D|$)|^\s*(?:第\s*)?([1-9])\s*级?\s*$`)

// ReadStage reads how mature something is, as people write it: a stage
// (中期, 中试阶段, 已量产), or a level of readiness (TRL 6, 6级). Of several the
// latest counts; trl is 0 where no level is stated.
func ReadStage(text string) (stage string, trl int, ok bool) {
	plain := string(folded(text))
	if m := levelWritten.FindStringSubmatch(plain); m != nil {
		trl, _ = strconv.Atoi(m[1] + m[2])
		return StageOf(trl), trl, true
	}
	stages := Stages()
	for i := len(stages) - 1; i >= 0; i-- {
		if slices.ContainsFunc(stageWords(stages[i]), func(w string) bool { return says(plain, w) }) {
			return stages[i], 0, true
		}
	}
	return "", 0, false
}

// says reports whether a word stands in a text without a negation before it.
func says(text, word string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		before := strings.TrimRight(text[:at+i], "经能以可够 ")
		if !slices.ContainsFunc([]string{"未", "不", "没有", "尚无", "待"}, func(n string) bool { return strings.HasSuffix(before, n) }) {
			return true
		}
		at += i + len(word)
	}
}

func stageWords(stage string) []string {
	switch stage {
	case "成熟应用":
		return []string{"成熟应用", "成熟", "产业化", "量产", "批量生产", "规模化", "已投产", "推广应用", "市场化", "商业化", "已应用", "大批量"}
	case "中期":
		return []string{"中期", "中试", "样机", "工程化", "小批量", "试生产", "示范", "试用", "样品", "试制"}
	default:
		return []string{"初期", "小试", "实验室", "研发阶段", "研发中", "在研", "概念", "基础研究", "原理", "理论", "前期"}
	}
}

// ReadPledge reads whether a right is pledged, "" if the text does not say.
func ReadPledge(text string) string {
	switch plain := string(folded(text)); {
	case strings.Contains(plain, "解除") || strings.Contains(plain, "注销质押"):
		return "已解除"
	case strings.Contains(plain, "未质押") || strings.Contains(plain, "无质押") || strings.Contains(plain, "没有质押"):
		return "未质押"
	case strings.Contains(plain, "质押"):
		return "质押中"
	default:
		return ""
	}
}
