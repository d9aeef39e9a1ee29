package rag

import (
	"fmt"
	"strings"

	"tanxu/need"
)

// Say writes a reason or gap for people, in Chinese or, with lang "en", in
// English. Quotes stay as they are.
func Say(r need.Reason, lang string) string {
	if r.Kind == need.ReasonCase {
		return sayCase(r, lang)
	}
	if lang == "en" {
		return sayEnglish(r)
	}
	switch r.Kind {
	case need.ReasonWords:
		return "双方都谈到" + quoted(r.Words, "「", "」", "、")
	case need.ReasonIndicatorMet:
		return fmt.Sprintf("%s：成果标明 %s，达到目标 %s", r.Name, r.Offered, r.Wanted)
	case need.ReasonStage:
		return fmt.Sprintf("成果处于“%s”阶段，成熟度满足需要（至少“%s”）", r.Offered, r.Wanted)
	case need.ReasonChain:
		return fmt.Sprintf("同属“%s”产业链", r.Offered)
	case need.ReasonRegion:
		return fmt.Sprintf("成果单位同在%s", r.Offered)
	case need.ReasonRight:
		return fmt.Sprintf("%s：成果方标明“%s”", r.Name, r.Offered)
	case need.GapIndicatorShort:
		return fmt.Sprintf("%s：成果标明 %s，未达到目标 %s", r.Name, r.Offered, r.Wanted)
	case need.GapIndicatorUnit:
		return fmt.Sprintf("%s：成果标明 %s，与目标 %s 单位不同，需请成果方换算或确认", r.Name, r.Offered, r.Wanted)
	case need.GapIndicatorUnclear:
		return fmt.Sprintf("%s：成果标明 %s，还不能判断是否达到目标 %s", r.Name, r.Offered, r.Wanted)
	case need.GapIndicatorAbsent:
		return fmt.Sprintf("%s：成果没有写明（目标 %s），需向成果方询问", r.Name, r.Wanted)
	case need.GapIndicatorCond:
		return fmt.Sprintf("%s：数值达到，但成果没有写明同样的测试条件（要求：%s）", r.Name, r.Wanted)
	case need.GapStage:
		return fmt.Sprintf("成果处于“%s”阶段，需要的至少是“%s”", r.Offered, r.Wanted)
	case need.GapChain:
		return fmt.Sprintf("成果属于“%s”产业链，需求属于“%s”", r.Offered, r.Wanted)
	case need.GapRight:
		if held(r.Offered) {
			return r.Name + "：已质押，转让或许可前须先解除质押或取得质权人同意"
		}
		return fmt.Sprintf("%s：%s，能否转让或许可需核实", r.Name, rightState(r.Offered))
	default:
		return ""
	}
}

func sayEnglish(r need.Reason) string {
	switch r.Kind {
	case need.ReasonWords:
		return "Both speak of " + quoted(r.Words, "“", "”", ", ")
	case need.ReasonIndicatorMet:
		return fmt.Sprintf("%s: the achievement states %s, which meets the target %s", r.Name, r.Offered, r.Wanted)
	case need.ReasonStage:
		return fmt.Sprintf("The achievement is at stage “%s”; “%s” or later is wanted", r.Offered, r.Wanted)
	case need.ReasonChain:
		return fmt.Sprintf("The same industry chain, “%s”", r.Offered)
	case need.ReasonRegion:
		return fmt.Sprintf("The owner is in %s too", r.Offered)
	case need.ReasonRight:
		return fmt.Sprintf("%s: stated as “%s”", r.Name, r.Offered)
	case need.GapIndicatorShort:
		return fmt.Sprintf("%s: the achievement states %s, which misses the target %s", r.Name, r.Offered, r.Wanted)
	case need.GapIndicatorUnit:
		return fmt.Sprintf("%s: the achievement states %s, in another unit than the target %s; ask its owner", r.Name, r.Offered, r.Wanted)
	case need.GapIndicatorUnclear:
		return fmt.Sprintf("%s: the achievement states %s, which does not decide whether the target %s is met", r.Name, r.Offered, r.Wanted)
	case need.GapIndicatorAbsent:
		return fmt.Sprintf("%s: the achievement does not state it (target %s); ask its owner", r.Name, r.Wanted)
	case need.GapIndicatorCond:
		return fmt.Sprintf("%s: the figure is reached, but not stated for the same conditions (wanted: %s)", r.Name, r.Wanted)
	case need.GapStage:
		return fmt.Sprintf("The achievement is at stage “%s”; at least “%s” is wanted", r.Offered, r.Wanted)
	case need.GapChain:
		return fmt.Sprintf("The achievement belongs to the chain “%s”, the need to “%s”", r.Offered, r.Wanted)
	case need.GapRight:
		switch {
		case held(r.Offered):
			return r.Name + ": pledged; the pledge has to be lifted, or its holder to agree, before it can be assigned or licensed"
		case r.Offered == "":
			return r.Name + ": no legal state is stated; whether it can be had is to be checked"
		}
		return fmt.Sprintf("%s: stated as “%s”; whether it can be had is to be checked", r.Name, r.Offered)
	default:
		return ""
	}
}

func rightState(status string) string {
	if status == "" {
		return "成果方没有写明法律状态"
	}
	return "成果方标明“" + status + "”"
}

func quoted(words []string, open, end, between string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = open + w + end
	}
	return strings.Join(out, between)
}
