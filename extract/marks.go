package extract

import (
	"regexp"
	"strings"

	"tanxu/need"
)

// delegate finds who knows. The name stands in the first group that matched.
var delegate = []*regexp.Regexp{
	regexp.MustCompile(`(?:你得问|要问一下|得问一下|去问问|得问|要问|去问|去找|问问|得找|得等|要等|一样问|你问|问)(?:一下|问)?([\p{Han}A-Za-z]{2,12}?)(?:[，。；,;\s！!？?]|$|才|说了|说$|定了|定$|那边|那儿|那里|回来|发话|拍板|知道|了解|要)`),
	regexp.MustCompile(`([\p{Han}]{2,10}?)(?:那边有|那儿有|那里有|手里有|手上有|才知道|最清楚|更清楚|比较清楚|那边才清楚|那边清楚|才清楚|说了算|有一套说法|负责这)`),
	regexp.MustCompile(`([\p{Han}]{1,6}(?:室|科|部|处|组|站|所|车间|公司|厂)?[\p{Han}]{0,3}(?:总|工|博士|师傅|主任|部长|经理|厂长|科长|老师|董事长|副总|小[\p{Han}]|老[\p{Han}]))(?:知道|有|清楚|在管|管|发话|定|手里)`),
	regexp.MustCompile(`(?:也得|得|还得|要|由)([\p{Han}]{2,8}?(?:总|工|博士|师傅|主任|部长|经理|厂长|科长|董事长|副总|老板|法务|财务|领导|工程师))(?:说|讲|定|发话|拍板|回来|来答|才)`),
	regexp.MustCompile(`^([\p{Han}]{2,5}(?:组|室|科|部|处|站|班|所)[\p{Han}]{1,4})$`),
	regexp.MustCompile(`([\p{Han}]{1,4}(?:博士|师傅|主任|总工|经理|科长|部长|厂长|董事长|副总|总监))`),
	regexp.MustCompile(`(?i)(?:ask|check with|talk to)\s+(?:our |the )?([A-Za-z][A-Za-z .]{1,30}?)(?:[.,;!?]|$)`),
	regexp.MustCompile(`(?i)(?:our|the)\s+([a-z ]{2,24}?)\s+knows`),
}

// nobody are words that the patterns catch but that name no one.
func nobody(name string) bool {
	switch name {
	case "我", "我们", "你", "你们", "他", "他们", "这个", "那个", "谁", "大家", "别人", "人家", "现在", "目前", "一下", "题", "我还有", "都", "也", "没有", "这里", "厂里", "公司", "客户":
		return true
	}
	return strings.ContainsAny(name, "我你他她它谁这那哪什")
}

// title finds what makes words the name of a person, a post or an office.
var title = regexp.MustCompile(`[A-Za-z]|总|工|博士|硕士|师|主任|长|经理|老板|财务|法务|技术|质量|质检|生产|采购|销售|设备|工艺|研发|领导|主管|专员|员|教授|部|科|室|组|处|站|所|院|局|车间|中心|公司|厂|客户|供应商|集团|班|同事|搭档|头儿|[老小阿]\p{Han}|^[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马方俞任袁柳史唐薛雷贺倪汤罗郝邬安常于傅齐康余顾孟黄萧尹姚邵汪毛戴宋庞熊纪舒屈项董梁杜阮蓝季贾江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍万柯卢莫房解丁邓洪包左石崔龚程邢陆翁段侯武刘龙叶黎白赖卓池乔闻谭申冉温庄柴瞿阎连习艾向古易廖曾肖聂覃辛关司欧]\p{Han}{1,2}$`)

// someone reports whether a name has a role, a surname or the shape of an
// office: 你问别的吧 names nobody.
func someone(name string) bool {
	return title.MatchString(name) && !containsAny(name, "别的", "其他", "其它", "下一", "后面")
}

// otherRefused reports whether what a text refuses is something else than what
// it says to ask somebody for: 你问质检科老王，电话我不给.
func (rd *reader) otherRefused() bool {
	for _, s := range rd.t.sentences() {
		for _, c := range rd.t.clauses(s) {
			if words := rd.t.str(c); delegated(words) != "" && !refuses(words) {
				return true
			}
		}
	}
	return false
}

// delegated returns who the text says to ask, "" if nobody.
func delegated(s string) string {
	for _, re := range delegate {
		for _, m := range re.FindAllStringSubmatch(s, -1) {
			name := bareName(strings.TrimRight(strings.TrimSpace(m[1]), "吧呢啊呀哈嘛"))
			if len([]rune(name)) >= 2 && !nobody(name) && someone(name) {
				return name
			}
		}
	}
	return ""
}

// bareName drops what the patterns catch before a name: 我们厂的李工 is 李工.
func bareName(name string) string {
	for _, inner := range []string{"得", "问", "等", "由", "手上没有"} {
		if i := strings.LastIndex(name, inner); i >= 0 {
			name = name[i+len(inner):]
		}
	}
	for changed := true; changed; {
		changed = false
		for _, lead := range []string{"我们", "咱们", "厂里", "厂", "公司", "的", "还", "也", "找", "是", "要"} {
			if rest, ok := strings.CutPrefix(name, lead); ok && len([]rune(rest)) >= 2 {
				name, changed = rest, true
			}
		}
	}
	return name
}

func refuses(s string) bool {
	s = strings.NewReplacer("能不能说", "", "能不能给", "").Replace(s) // a question, no refusal
	return containsAny(s, "不方便", "不便说", "不便透露", "不能说", "不能往外", "不往外说", "不谈", "免谈", "不聊", "不回答", "不透露", "不想说", "无可奉告", "商业机密", "商业秘密", "不提供", "不给", "都在保密", "这个保密", "保密清单", "涉密", "不告诉", "跳过", "这个不说", "先不说",
		"rather not", "prefer not", "can't say", "cannot say", "can't tell", "confidential", "not going to share", "won't say", "no comment")
}

func ignorant(s string) bool {
	return containsAny(s, "不清楚", "没想过", "没想好", "还没想", "没定下来", "还没定", "没有定", "没谱", "没打算", "没考虑过", "不知道", "不晓得", "说不上来", "没测过", "没量过", "没人量过", "没统计", "没数", "没数据", "没有数据", "没见过", "没写", "看不懂", "不懂", "说不准", "没概念", "没算过", "没记", "记不清", "不太了解", "不了解", "哪知道", "手上没有", "不敢答", "不敢应", "没验证过", "没检测过", "没定量过", "不归我",
		"don't know", "do not know", "not sure", "no idea", "never measured", "no data", "unknown")
}

func hedges(s string) bool {
	return containsAny(s, "说不太清", "说不清", "不太好说", "不好说", "越高越好", "越低越好", "越快越好", "越多越好", "越少越好", "越小越好", "越大越好", "越长越好", "尽快", "尽早", "快点吧", "看情况", "再说吧", "看着办", "差不多就行", "差不多吧", "随便", "都行", "尽量", "别太离谱", "差一大截", "差远了", "好多", "老样子", "还行吧", "一般吧", "行业领先", "国际先进", "as high as possible", "as low as possible", "as soon as possible", "asap", "the better", "hard to say", "it depends")
}

// noneAtAll finds an answer that only says that there is nothing: 也没什么特别的限制.
var noneAtAll = regexp.MustCompile(`^(?:也|暂时|目前|现在|都|真的?|基本上?|好像|我们|这个)*(?:没有?|无|没啥|没什么|没得|暂无|啥[也都]没有?)(?:什么|啥|特别|特殊|别的|其他|太)*的?(?:限制|要求|办法|条件|基础|讲究|顾虑|禁忌|多)?(?:试过)?[了的吧]*(?:[，,]?(?:没有?了?|没了))*$|^(?:none|nothing|no|n/a)$`)

// nothing reports whether an answer only says that there is nothing.
func nothing(words string) bool { return noneAtAll.MatchString(words) }

// unhurried finds an answer to a question for a date that sets none.
var unhurried = regexp.MustCompile(`^(?:[这我][事个们边]?|厂里|倒|也|并|暂时|目前|时间上?)*(?:不(?:着急|急|赶|限|卡)(?:时间|期限)?|没(?:有)?(?:定|限|具体|硬性|什么|明确)?(?:的?(?:期限|时限|时间|日期|截止)(?:要求|限制)?)|没定|没有?要求)[的了吧啊呢]*$`)

// none reports whether an answer says that there is nothing to say of field k.
func none(k need.Key, s string) bool {
	return nothing(plainText(s)) || k == need.KeyDeadline && unhurried.MatchString(plainText(s))
}

// later finds words that put a topic off to a meeting.
var later = regexp.MustCompile(`(?:见了?面|当面|面对面|到时候?|碰头)再?(?:聊|谈|说|讲|定)|面谈|面议|现在(?:不|先不)(?:说|谈|讲|定)`)

// readMarks looks for words that leave the asked fields without a value.
func (rd *reader) readMarks() {
	s := string(rd.t.runes)
	if words := plainText(s); words == "" || goesOn(words) || greets(words) && len([]rune(words)) < 6 {
		return
	}
	to, unknown, refused := delegated(s), ignorant(s), refuses(s)
	for _, sentence := range rd.t.sentences() {
		if to == "" {
			to = delegated(rd.t.str(rd.t.trim(sentence)))
		}
	}
	for _, k := range rd.c.Asked {
		valued := rd.has(k) || k == need.KeyIndicator && len(rd.out.Rows) > 0
		switch {
		case k == need.KeyDecisionOwner && !(to == "" && (unknown || nothing(plainText(s)))) || k == need.KeyConfidentiality && valued:
		case (refused || exact(k) && later.MatchString(s)) && !valued && !(to != "" && rd.otherRefused()):
			rd.mark(k, need.Declined, "", rd.sentenceOf(refuses))
		case to != "" && (!valued || unknown):
			rd.mark(k, need.Delegated, to, rd.whoKnows(k, valued))
		case unknown && !valued, !valued && none(k, s):
			rd.mark(k, need.Unknown, "", rd.sentenceOf(func(s string) bool { return ignorant(s) || none(k, s) }))
		case !valued, rd.thin(k, s):
			rd.mark(k, need.Vague, "", rd.t.whole())
		}
	}
}

// whoKnows returns the words of a delegation. Those about a quantity start where
// the quantity is named, which may be a sentence before.
func (rd *reader) whoKnows(k need.Key, valued bool) span {
	if k == need.KeyIndicator && !valued {
		return rd.t.whole()
	}
	return rd.sentenceOf(func(s string) bool { return ignorant(s) || delegated(s) != "" })
}

// sentenceOf returns the span from the first sentence that is so to the last.
func (rd *reader) sentenceOf(is func(string) bool) span {
	var out span
	for _, s := range rd.t.sentences() {
		if !is(rd.t.str(s)) {
			continue
		}
		if out.empty() {
			out = s
		}
		out.end = s.end
	}
	if out.empty() {
		return rd.t.whole()
	}
	return out
}

// shortAnswer is how many runes an answer in words has that may hide more.
const shortAnswer = 16

// thin reports whether the words that answer a question about a text are too
// few or too general to stand: they are kept, and may be probed.
func (rd *reader) thin(k need.Key, s string) bool {
	if k.Shape() > need.List {
		return false
	}
	least := shortAnswer
	if k != need.KeyProblem && k != need.KeyScene {
		least = 7
	}
	return (hedges(s) || len([]rune(plainText(s))) < least) && !hasCount(s)
}

// counted finds a numeral before a measure word: 三批, 半年, 百分之二.
var counted = regexp.MustCompile(`[一二两三四五六七八九十百千万半](?:个(?:月|点|小时|工|班|批)|批|次|年|天|周|吨|件|成|台|套|炉|班|条|片|只|桶|根|卷|万|块|毛|丝|度|米|公斤|倍|来)|百分之|[二两三四五六七八九]?[十百千][一二三四五六七八九]`)

// hasCount reports whether words hold a number, in figures or in characters.
func hasCount(s string) bool { return hasDigit(s) || counted.MatchString(s) }
