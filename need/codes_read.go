package need

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// synonym is a way in which people say a code.
type synonym struct {
	code  string
	words string // separated by spaces
}

// ReadCode finds the code of field k in plain words (委托出去 is 委托研发). Of
// several the longest words win, then the first, but of confidentiality the
// strictest level, and what may be shown but without a name (公开没事，名字就别写了)
// is 脱敏公开; words under a negation (不委托) are passed over. Offsets
// count runes.
func ReadCode(k Key, text string) (code string, start, end int, ok bool) {
	r := folded(strings.ToLower(text))
	if len(r) != len([]rune(text)) {
		r = folded(text)
	}
	for _, s := range synonyms(k) {
		for _, word := range strings.Fields(s.words) {
			w := []rune(strings.ReplaceAll(word, "_", " "))
			if i := find(r, w); i >= 0 && (len(w) > end-start || len(w) == end-start && i < start) {
				code, start, end, ok = s.code, i, i+len(w), true
			}
		}
		if ok && k == KeyConfidentiality {
			break // the strictest level that is spoken of
		}
	}
	if k == KeyConfidentiality && (!ok || code == "公开") {
		return concealed(string(r), code, start, end)
	}
	return code, start, end, ok
}

var (
	// conceal finds what is to be left out of what is shown, needless the words
	// before it that say that nothing need be.
	conceal  = regexp.MustCompile(`(?:别|不要|不能|不可以|不许|不得|不想|不准|请勿)(?:再|都|给|把)?(?:写|露|提|带|出现|署|点名|暴露|透露|让人知道|看得出|看出)|隐去|隐掉|隐藏|遮住|遮掉|遮一|抹掉|抹去|去掉|删掉|拿掉|打码|化名|代号`)
	needless = regexp.MustCompile(`(?:不用|不必|无需|不需要|没必要|用不着)\p{Han}{0,3}$`)
	shown    = regexp.MustCompile(`(?:发|挂)(?:出去|上去|上网|到网|布|出来|可以|没事|没问题|吧|的时候)|(?:能|可以)(?:发|挂)`)
)

// concealed is 脱敏公开 where a text that lets a need be shown, as the code at
// start to end says or in words of its own, wants something left out of it: in
// doubt the stricter level.
func concealed(text, code string, start, end int) (string, int, int, bool) {
	for _, hit := range conceal.FindAllStringIndex(text, -1) {
		if needless.MatchString(text[:hit[0]]) {
			continue
		}
		from, to := utf8.RuneCountInString(text[:hit[0]]), utf8.RuneCountInString(text[:hit[1]])
		if code != "" {
			return "脱敏公开", min(start, from), max(end, to), true
		}
		if shown.MatchString(text) {
			return "脱敏公开", from, to, true
		}
	}
	return code, start, end, code != ""
}

// find returns where word stands in r without a negation before it, -1 if nowhere.
func find(r, word []rune) int {
	for i := 0; i+len(word) <= len(r); i++ {
		if !hasAt(r, i, string(word)) {
			continue
		}
		if prev := at(r, i-1); prev == '不' || prev == '别' || prev == '非' || nothingBefore(r, i) {
			continue
		}
		return i
	}
	return -1
}

// nothingBefore reports whether a word is said not to be so: 没啥不能公开.
func nothingBefore(r []rune, i int) bool {
	for _, w := range []string{"没啥", "没什么", "没有什么", "没有啥"} {
		if n := utf8.RuneCountInString(w); i >= n && hasAt(r, i-n, w) {
			return true
		}
	}
	return false
}

func synonyms(k Key) []synonym {
	switch k {
	case KeyCoopMode:
		return coopSynonyms()
	case KeyIPTerms:
		return ipSynonyms()
	case KeyConfidentiality:
		return secrecySynonyms()
	case KeyNeedType:
		return typeSynonyms()
	case KeyRegion:
		var out []synonym
		for _, region := range Regions() {
			out = append(out, synonym{region.Name, region.Name + " " + region.Name + "市"})
		}
		return out
	default:
		var out []synonym
		for _, code := range k.Codes() {
			out = append(out, synonym{code, code})
		}
		return out
	}
}

func coopSynonyms() []synonym {
	return []synonym{
		{"委托研发", "委托研发 委托开发 委托出去 委托给 委托你们 全委托 全包出去 包出去 外包 委外 委托 包给 找人做 让人家做 请人做 交给你们做 交钥匙 commissioned entrust outsource"},
		{"合作研发", "合作研发 合作开发 联合研发 联合开发 联合攻关 共同研发 共同开发 共同研究 协同攻关 产学研合作 校企合作 一起搞 一起研发 一块研发 一块做 一块搞 一起攻关 一起做 一起干 一起试 一起开发 联手 技术合作 产学研 合作共建 合作攻关 合作研究 joint_development cooperate joint"},
		{"技术转让", "技术转让 成果转让 专利转让 买断 买成果 买专利 专利买过来 技术买过来 成果买过来 技术买断 转让过来 买技术 transfer"},
		{"技术许可", "技术许可 专利许可 许可使用 授权使用 独占许可 license licence"},
		{"技术入股", "技术入股 作价入股 技术作价 以技术入股 equity"},
		{"技术服务", "技术服务 技术支持 驻厂 来人服务 上门服务 进厂指导 现场服务 要人进厂 到厂里指导 service"},
		{"技术咨询", "技术咨询 专家诊断 请专家 专家指导 专家的具体指导 技术指导 来指导 顾问 诊断一下 一起诊断 技术诊断 咨询服务 请人诊断 咨询 consulting"},
		{"采购", "走采购 直接买 采购 买成熟的 买现成的 买设备 purchase"},
		{"独立研发", "独立研发 自主研发 自己做 自己研发"},
	}
}

func ipSynonyms() []synonym {
	return []synonym{
		{"企业", "归我们企业 归我们公司 归我们厂 归我们 归公司 归企业 归我司 归本公司 归甲方 归我方 都归我们 都得归我们 得是我们公司的 是我们公司的 算厂里的 算我们的 是我们的 归厂里 归我 企业所有 我方所有 甲方所有 归委托方 算公司的 我们独有 我们要独占 belongs_to_us ours company_owns"},
		{"共有", "两家共有 双方共有 共有 共享 共同所有 双方享有 双方各 一人一半 一家一半 一边一半 各一半 对半 各占一半 两边名字 两家的 双方的 两个名字 联合署名 归双方 共同申请 shared jointly"},
		{"供方", "归供方 归高校 归你们 归学校 归老师 归院所 归合作方 归乙方 归研发方 供方所有 给老师"},
		{"面议", "面议 面谈 再谈 再商量 另议 协商 另行约定 按合同约定 到时候再说 以后再说 见面谈 见面再 当面谈 negotiable"},
	}
}

func secrecySynonyms() []synonym {
	return []synonym{
		{"定向", "定向公开 定向发 走定向 定向 签了保密协议的 签保密协议才能看 签了保密 挑几家 指定的团队 只给 nda"},
		{"脱敏公开", "脱敏公开 脱敏后公开 脱敏再挂 脱敏 匿名 隐去 遮掉 抹掉 去掉 不写名字 别写我们名字 别写名字 别露名 别点我们名 别写我们 别带出来 不要带公司名 公司名不要 隐名 去名字 某企业 不露名 名字别 名别写 名不写 名别 名不要 别写厂名 别写公司 名字拿掉 anonymous anonymised redacted"},
		{"不公开", "先不公开 不公开 不能公开 不要公开 别公开 保密的 不对外 内部资料 不能挂 别挂 不能发 不能见光 private confidential"},
		{"公开", "可以公开 公开可以 完全公开 随便挂 尽管公开 都能公开 公开 挂网上 可以发 能发 public"},
	}
}

func typeSynonyms() []synonym {
	return []synonym{
		{"技术攻关", "技术攻关 攻关 关键技术"},
		{"产品开发", "产品开发 新产品 开发产品 研制"},
		{"工艺改进", "工艺改进 改进工艺 工艺优化 改工艺"},
		{"设备改造", "设备改造 改造设备 技改 自动化改造"},
		{"成果引进", "成果引进 引进成果 引进技术"},
		{"检测与标准", "检测方法 检测与标准 测试方法 制定标准"},
		{"资源环境", "资源环境 固废 废水处理 资源化 环保治理"},
	}
}
