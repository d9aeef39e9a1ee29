package rag

import (
	"fmt"

	"tanxu/need"
)

// Ask is the question to the supplier that would close a gap, "" where there is
// nothing to ask.
func Ask(gap need.Reason, lang string) string {
	zh, en := "", ""
	switch gap.Kind {
	case need.GapIndicatorAbsent:
		zh = fmt.Sprintf("%s能做到多少、在什么条件下测得？（需求：%s）", gap.Name, gap.Wanted)
		en = fmt.Sprintf("What is reached for %s, and under which conditions was it measured? (wanted: %s)", gap.Name, gap.Wanted)
	case need.GapIndicatorShort:
		zh = fmt.Sprintf("%s目前是 %s，能否提高到 %s？需要什么条件和时间？", gap.Name, gap.Offered, gap.Wanted)
		en = fmt.Sprintf("%s is %s now: can it be brought to %s, and what would that take?", gap.Name, gap.Offered, gap.Wanted)
	case need.GapIndicatorUnit:
		zh = fmt.Sprintf("%s标明的是 %s，换算成需求的单位是多少？（需求：%s）", gap.Name, gap.Offered, gap.Wanted)
		en = fmt.Sprintf("%s is stated as %s: what is that in the unit of the need? (wanted: %s)", gap.Name, gap.Offered, gap.Wanted)
	case need.GapIndicatorUnclear:
		zh = fmt.Sprintf("%s标明的是 %s，能否稳定达到 %s？有无检测报告？", gap.Name, gap.Offered, gap.Wanted)
		en = fmt.Sprintf("%s is stated as %s: is %s reached reliably, and is there a test report?", gap.Name, gap.Offered, gap.Wanted)
	case need.GapIndicatorCond:
		zh = fmt.Sprintf("在“%s”条件下，%s能做到多少？", gap.Wanted, gap.Name)
		en = fmt.Sprintf("What is reached for %s under “%s”?", gap.Name, gap.Wanted)
	case need.GapStage:
		zh = fmt.Sprintf("从“%s”做到“%s”还需要多长时间、什么条件？", gap.Offered, gap.Wanted)
		en = fmt.Sprintf("How long would it take from “%s” to “%s”, and what is needed?", gap.Offered, gap.Wanted)
	case need.GapChain:
		zh = fmt.Sprintf("有没有在“%s”行业的应用案例？", gap.Wanted)
		en = fmt.Sprintf("Has it been used in the industry “%s”?", gap.Wanted)
	case need.GapRight:
		if held(gap.Offered) {
			zh = fmt.Sprintf("%s质押给谁、何时到期，能否解除或取得质权人同意？", gap.Name)
			en = fmt.Sprintf("To whom is %s pledged, until when, and can the pledge be lifted or its holder agree?", gap.Name)
			break
		}
		zh = fmt.Sprintf("%s目前的法律状态如何，是否有质押、许可在先或其他权利限制？", gap.Name)
		en = fmt.Sprintf("What is the legal state of %s; is it pledged, licensed before or otherwise restricted?", gap.Name)
	}
	return pick(lang, zh, en)
}
