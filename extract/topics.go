package extract

import (
	"regexp"

	"tanxu/need"
)

// topic are words that leave no doubt what a clause is about, and the questions
// to which such words may well be the answer.
type topic struct {
	key   need.Key
	match *regexp.Regexp
	fits  []need.Key
}

const (
	figure = `[\d一二两三四五六七八九十百千万半几]`
	lead   = `(?:之前|以前|前年|去年|前期|当时|后来|早先|前两年|这两年|还|也|又|都|先后|曾经?|倒是|这个|这事|我们|咱们|厂里|公司|技术部|车间|工艺上|自己|已经)*`
	rate   = `(?:合格率|良率|成品率|良品率|不良率|次品率|废品率|报废率|通过率|直通率|收率|得率)`
	fixed  = `(?:设备|机器|机台|炉子?|产线|生产线|线体|模具|工装|原料|原材料|材料|牌号|配方|工艺|流程|场地|厂房|节拍|尺寸|图纸|外形|结构|包装|基材|母材|供应商)`
)

// topics are tried in order; the first that matches has the clause.
var topics = []topic{
	{
		need.KeyTried,
		regexp.MustCompile(`^` + lead + `(?:试过|找过|请过|买过|引进过|尝试过|委托过|试了|找[^，。]{1,10}(?:做过|试过|弄过|搞过)|[搞弄做]了[^，。]{0,4}(?:年|轮|次|回)[^，。]*没)`),
		[]need.Key{need.KeyPartnerReq, need.KeyDecisionOwner},
	},
	{
		need.KeyTried,
		regexp.MustCompile(`^` + lead + `(?:[换用改加调降升减磨喷包泡烘抽洗涂垫装]过|[改换]了[一两三几\d种家新别好])`),
		[]need.Key{need.KeyProblem, need.KeyFoundation, need.KeyPartnerReq, need.KeyScene, need.KeyDecisionOwner, need.KeyIndicator},
	},
	{
		need.KeyRootCause,
		regexp.MustCompile(`^(?:我|我们|技术员|技术科|老师傅|师傅们?|车间|厂里)?(?:自己)?(?:个人)?也?(?:怀疑|推测|估计(?:是|跟|和|可能|应该)|猜(?:是|测|可能|想)|判断(?:是|为|可能|应该)|分析(?:是|下来|可能))|^(?:主要|根本)?原因(?:就?是|在于|可能|应该|出在|估计)|(?:引起|造成|导致|惹出来)的吧?$`),
		[]need.Key{need.KeyTried, need.KeyIndicator},
	},
	{
		need.KeyRootCause,
		regexp.MustCompile(`^(?:应该|可能|八成|多半|恐怕)就?是[^，。]{2,}(?:不够|不足|不匀|不均|不稳|不准|不平|不严|没做好|没到位|太[^，。]|偏[^，。]|老化|磨损|松动?|变形|不好|的问题|的事)$`),
		[]need.Key{need.KeyTried, need.KeyIndicator},
	},
	{
		need.KeyConstraints,
		regexp.MustCompile(fixed + `[^，。]{0,8}(?:不能|不可以|不许|不准|不得|不允许|不好|别)再?(?:大?换|大?动|大?改|变|停|扩|重开)|` + fixed + `[^，。]{0,4}(?:换|动|改|停|扩)不(?:起|了|得)|` + fixed + `[^，。]{0,2}不(?:换|动|改|变)的(?:前提|情况|条件)|(?:不能|不得|不许)比[^，。]{1,6}[大高长重厚贵慢差低小]`),
		[]need.Key{need.KeyTried},
	},
	{
		need.KeyConstraints,
		regexp.MustCompile(`(?:成本|单价|单件|价格|[每一](?:件|吨|公斤|斤|平|米|个|台|套|只|片|根|支))[^，。]{0,6}(?:不能|不得|不许|别|最多)再?[^，。]{0,2}(?:涨|加|增|升|超|贵|高)|不能(?:用|见|动|有|碰)(?:明火|水|火|油|酸|溶剂|化学品)`),
		[]need.Key{need.KeyIndicator},
	},
	{
		need.KeyConstraints,
		regexp.MustCompile(`(?:不能|不可以|不许|不准)(?:换|动|改|变|停|加|超)[^，。]{0,6}$|[^，。]{2,}不(?:换|动|改)$`),
		[]need.Key{need.KeyProblem, need.KeyRootCause, need.KeyTried},
	},
	{
		need.KeyFoundation,
		regexp.MustCompile(`(?:可以|能|愿意)(?:提供|拿出|配合给|免费给)[^，。]{0,10}(?:样品|样件|样机|试样|数据|设备|场地|人手|产线|图纸)|^(?:我们|厂里|这边)?(?:也|都)?(?:可以|能|愿意)(?:出|给|寄|送|做)[^，。]{0,4}(?:样品|样件|试样|人手)|^(?:样品|样件|试样|数据|场地|设备)都?(?:随便|有的是|可以给|能给|能提供|可以提供|要多少)`),
		[]need.Key{need.KeyCoopMode, need.KeyScene},
	},
	{
		need.KeyFoundation,
		regexp.MustCompile(`^(?:我们|厂里|这边)?(?:自己)?(?:也|倒是)?有(?:个|一个)?[^，。]{0,8}(?:研发|技术|试验|实验|检测)(?:小组|团队|人员|室|中心|部|线)|^[^，。]{0,4}(?:设备|仪器|实验室|中试线|样品)(?:倒|也)?是?有(?:的|，|$)|产值[^，。]{0,4}` + figure + `|^(?:员工|职工)`),
		[]need.Key{need.KeyScene, need.KeyProblem},
	},
	{
		need.KeyFoundation,
		regexp.MustCompile(`^(?:我们|厂里|这边|车间)?(?:现在|自己)?有` + figure + `+(?:台|套|个|名|位|条|间)[^，。]*(?:设备|机|炉|仪|实验室|工程师|技术员|人|线)$`),
		[]need.Key{need.KeyProblem, need.KeyScene, need.KeyTried, need.KeyConstraints, need.KeyIndicator, need.KeyRootCause},
	},
	{
		need.KeyProblem,
		regexp.MustCompile(`(?:一个?月|每月|一年|每年|去年|今年|上半年|每天|一天|每批)[^，。]{0,8}(?:报废|退货|退了|返工|赔|损失|投诉)[^率，。]{0,6}` + figure),
		[]need.Key{need.KeyTried, need.KeyRootCause},
	},
	{
		need.KeyProblem, // money that was lost is no figure to reach
		lostMoney,
		[]need.Key{need.KeyTried},
	},
	{
		need.KeyIndicator,
		regexp.MustCompile(`(?:现在|目前)[^，。]{0,4}` + rate + `[^，。]{0,6}` + figure + `|` + rate + `[^，。]{0,4}(?:只有|才|现在|目前|做到)[^，。]{0,3}` + figure),
		[]need.Key{need.KeyProblem, need.KeyTried, need.KeyRootCause, need.KeyConstraints},
	},
	{
		need.KeyScene,
		regexp.MustCompile(`^(?:我们|公司|厂里)(?:厂|公司)?(?:做的是|生产的是|是做|是生产|主要做|主要生产|专门做|专门生产)|^(?:我们|公司|厂里|咱们?家?)?(?:厂|公司)?就?是?(?:做|生产)[^，。不了过得]{1,12}的$`),
		[]need.Key{need.KeyProblem, need.KeyFoundation, need.KeyTried},
	},
	{
		need.KeyScene,
		regexp.MustCompile(`(?:年产|月产|日产|产量)[^，。值]{0,6}` + figure),
		[]need.Key{need.KeyProblem, need.KeyFoundation, need.KeyIndicator, need.KeyRootCause, need.KeyTried, need.KeyConstraints},
	},
	{
		need.KeyProblem,
		regexp.MustCompile(`(?:退货|退了|退回|报废|赔了|赔款|返工|投诉|损失)[^，。]{0,6}` + figure),
		[]need.Key{need.KeyScene, need.KeyIndicator, need.KeyTried, need.KeyRootCause},
	},
	{
		need.KeyPartnerReq,
		regexp.MustCompile(`^(?:对方|合作方|来的人|专家|老师|团队|最好是?|希望对?方?|必须是?|得是?|要)(?:要|得|必须|最好)?(?:懂|做过|搞过|有[^，。]{0,8}经验|能?来现场)|^(?:就|我们)?(?:想|要|希望)(?:找|请)[个位一几]*[^，。]{0,3}(?:懂|会|搞|做)[^，。]*(?:教授|专家|老师|师傅|团队|院所|高校|学校|人)|驻厂|驻场`),
		[]need.Key{need.KeyTried, need.KeyCoopMode},
	},
	{
		need.KeyDecisionOwner,
		regexp.MustCompile(`^(?:这个|这事|最后)?(?:得|要|都)?(?:由|归|是)?我?们?(?:厂长|老板|总经理|董事长|总工|所长|院长|\p{Han}{0,3}总|自己|我)来?(?:定|拍板|说了算|决定)的?$`),
		[]need.Key{need.KeyBudget, need.KeyBudgetToPartner, need.KeyDeadline, need.KeyCoopMode, need.KeyIPTerms, need.KeyConfidentiality},
	},
}

var (
	// fillers carry the talk and belong to no field; asides refuse a topic or ask
	// us something.
	fillers = regexp.MustCompile(`^(?:没什么|没啥|没有|也没有|嗯+|好的?|对|反正|就这些|这样|那个|怎么说呢)$`)
	asides  = regexp.MustCompile(`^(?:先?(?:别|不要|甭|不)(?:谈|问|说|提|聊|管)[^，。]{0,8}|[^，。]{0,6}先?(?:别|不要|甭)(?:谈|问|说|提|聊|管)[^，。]{0,3}|[你们先说看]{0,4}(?:能不能|能否)(?:做|搞|解决|弄)[^，。]{0,4}|你们?(?:先|看着|看|说)[^，。]{0,4}(?:吧|呗|办|定)?)$`)
)

// lostMoney finds what was paid as a fine or for damage, and how often.
var lostMoney = regexp.MustCompile(`(?:罚|赔|损失|亏|退货|扣款|扣了)[^，。；,]{0,12}?` + figure + `+(?:\.\d+)?[来多几]?[百千]?(?:万|亿|元|块)(?:[多来元块钱吧了左右]|[^\p{Han}]|$)|(?:罚|赔)(?:款|偿)?(?:了|过)[^，。；,]{0,4}` + figure + `+[次回笔]`)

// symptom finds a short clause that ends in a fault.
var symptom = regexp.MustCompile(`^[^，。]{0,8}(?:不严|不匀|不均|不稳|不准|不平|不圆|不齐|不牢|漏|裂|断|翘|堵|锈蚀|掉粉|脱落|发黑|发黄|起皮|变形|有麻点|有毛刺|有气泡|有针孔)(?:了|的|得很|严重|厉害)?$`)

// amended finds a message that sets a number right and does nothing else.
var amended = regexp.MustCompile(`^(?:不对|错了|不是|说错了|记错了|更正|等下|等等)[^。；]{0,14}(?:现在|目前|目标|应该|实际)[^。；]{0,6}` + figure + `[^。；，]{0,8}$`)

// fromTo finds a sentence that tells where a quantity is and where it has to go.
var fromTo = regexp.MustCompile(`(?:现在|目前|眼下|如今)[^。；]*` + figure + `[^。；]*(?:要|想|希望|争取|得)[^。；]{0,6}(?:降|提|做|达|控制|压|升|低|高|缩)?[^。；]{0,3}(?:到|在|至|于)[^。；]{0,3}` + figure +
	`|` + figure + `[^。；]*(?:要|想|希望|争取|得)[^。；]{0,4}(?:缩|降|提|做|达|压|升)[^。；]{0,3}到[^。；]{0,3}` + figure +
	`|(?:要|得)[^。；，]{0,3}` + figure + `[^。；，]*(?:以下|以上|以内)[^。；]{0,3}(?:现在|目前|眼下)[^。；]{0,4}` + figure)
