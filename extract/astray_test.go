package extract_test

import (
	"slices"
	"testing"

	"tanxu/extract"
	"tanxu/need"
)

// strays are facts as people tell them, by the field that they are about.
func strays() map[need.Key][]string {
	return map[need.Key][]string{
		need.KeyScene: {
			"产品是汽车座椅用的冷拔钢管，外径二十二，壁厚一个半，一年六千吨", "用在地铁制动盘上的粉末冶金闸片，月产四千块",
			"腐乳，前发酵之后装坛那一段，年产八百吨", "竹纤维餐盒，热压成型，一天出二十万个",
		},
		need.KeyRootCause: {
			"我估计是炉温不均", "怀疑是胶水里混进了水分", "我们分析可能是轧辊热凸度变了", "多半跟车间湿度有关系，梅雨天就特别明显",
			"我觉得是前面酸洗没洗干净，底下留了氧化皮",
		},
		need.KeyTried: {
			"换过两家的脱模剂，没什么效果", "去年请省里的研究院来看过，开了个会就没下文了", "自己调过烘道温度，降下来又烘不干",
			"买过一台进口的筛分机，堵网，后来闲置了", "前年跟一所大学做过半年，小试行，放大就散了",
		},
		need.KeyConstraints: {
			"生产线不能停，最多停两天", "配方不能换，客户认证过的", "单件成本最多加三毛钱", "厂房就这么大，不能再占地方",
			"不能用含铬的药水，环保盯得紧",
		},
		need.KeyFoundation: {
			"我们有一条中试线和两台气相色谱", "样品要多少给多少，去年的生产数据也能导出来", "自己有检测室，硬度和金相都能做",
			"可以腾一台注塑机出来专门试",
		},
		need.KeyPartnerReq: {
			"希望对方搞过粉体表面处理", "最好是做过同类项目的高校老师，能来现场", "要懂高分子的，能派人驻厂一两个月", "对方得有资质，做过药品生产的优先",
		},
		need.KeyProblem: {
			"镀出来的件一碰就掉皮，客户退了两车", "烘出来的茶有股焦味，一年亏五十多万", "丝线老断头，一个班停机十几回",
			"铸出来里面全是气孔，加工完才看得见",
		},
		need.KeyDeadline:        {"明年三月底之前要用上", "半年之内见效就行"},
		need.KeyBudget:          {"打算投个三四十万", "老板批了五十万"},
		need.KeyCoopMode:        {"想委托给学校做", "请专家来指导指导就行"},
		need.KeyIPTerms:         {"成果归我们", "专利两家共有"},
		need.KeyConfidentiality: {"可以公开，别写公司名字", "只给签了保密协议的人看"},
	}
}

// What is told to another question goes to its own field, and what answers its
// question stays there.
func TestAnswersToOtherQuestionsMove(t *testing.T) {
	t.Parallel()
	rules := extract.NewRules()
	moved, all := 0, 0
	for key, list := range strays() {
		for _, words := range list {
			for asked := range strays() {
				r := rules.Read(words, extract.Context{Ref: "message:m1", Now: now(), Asked: []need.Key{asked}})
				off := func(s extract.Share) bool { return s.Key != key && s.Key != extract.None }
				told := slices.ContainsFunc(r.Values, func(f extract.Found) bool { return f.Key == key })
				switch stray := slices.ContainsFunc(r.Shares, off); {
				case asked == key && stray:
					t.Errorf("%q answers %s and went to %+v", words, asked, r.Shares)
				case asked == key:
				default:
					all++
					if told && len(r.Shares) > 0 && !stray {
						moved++
					}
				}
			}
		}
	}
	if least := 75; 100*moved < least*all {
		t.Errorf("%d of %d moved, want %d%% at least", moved, all, least)
	}
}

// Whoever is asked for more of what he told goes on with it.
func TestDeeperQuestionsHoldTheirAnswers(t *testing.T) {
	t.Parallel()
	for words, asked := range map[string]need.Key{
		"换过一家的料，还是一样":      need.KeyRootCause,
		"换了机台毛病还在，估计跟人没关系": need.KeyRootCause,
		"一个月两三回，赔了十来万":     need.KeyProblem,
		"场地也就两百平，放不下大设备":   need.KeyConstraints,
	} {
		r := extract.NewRules().Read(words, extract.Context{Ref: "message:m1", Now: now(), Asked: []need.Key{asked}, Deeper: true})
		if slices.ContainsFunc(r.Shares, func(s extract.Share) bool { return s.Key != asked }) {
			t.Errorf("%q went to %+v", words, r.Shares)
		}
	}
}
