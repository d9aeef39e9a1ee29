package library

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"tanxu/need"
)

var (
	ipNumber  = regexp.MustCompile(`(?i)(?:ZL|CN|PCT/?)?\s*\d{8,13}(?:\.[\dX])?[A-Z]?|\d{4}SR\d{6,8}`)
	ipKind    = regexp.MustCompile(`(?:国际|PCT)?发明专利|实用新型(?:专利)?|外观设计(?:专利)?|软件著作权|软著|集成电路布图设计|植物新品种(?:权)?|商标|专有技术|技术秘密|PCT|专利`)
	ipStatus  = regexp.MustCompile(`未授权|已授权|授权|有效|失效|无效|终止|实质审查|实审|审查中|审中|在审|申请中|已受理|受理|公开|驳回|登记|维持`)
	ipOwner   = regexp.MustCompile(`(?:权利人|专利权人|申请人)\s*[:：]\s*([^，,；;、|\s]+)`)
	recordOf  = regexp.MustCompile(`^\s*(?:(\d{4})\s*年?\s*[，,:：、]?\s*)?(.+?)(?:\s*[（(]\s*(\d{4})\s*年?\s*[）)])?(?:\s*[:：]\s*(.+))?$`)
	nothing   = regexp.MustCompile(`^(?:无|没有|暂无|/|-|—|无专利)$`)
	countOnly = regexp.MustCompile(`^\D{0,6}\d+\s*[项件个]`)
)

// recordsOf reads small records: as JSON, or as people write them, one a
// statement.
func recordsOf(f *need.LibraryField, text string) []any {
	var list []any
	if json.Unmarshal([]byte(text), &list) == nil {
		return list
	}
	parts := split(text, hard)
	if f.Key == "ip" {
		parts = rightsIn(parts)
	}
	out := []any{}
	for _, part := range parts {
		if len(out) == mostParts {
			break
		}
		part = numbered.ReplaceAllString(part, "")
		if nothing.MatchString(part) {
			continue
		}
		if f.Key == "ip" {
			out = append(out, rightOf(part))
		} else if r := workOf(part); r != nil {
			out = append(out, r)
		}
	}
	return out
}

// rightsIn parts statements that name several rights by commas.
func rightsIn(parts []string) []string {
	var out []string
	for _, part := range parts {
		found := ipNumber.FindAllStringIndex(part, -1)
		if len(found) < 2 {
			out = append(out, part)
			continue
		}
		from := 0
		for _, at := range found {
			end := at[1]
			if rest := strings.IndexAny(part[end:], "，,、"); rest >= 0 {
				end += rest
			} else {
				end = len(part)
			}
			out = append(out, strings.Trim(part[from:end], "，,、 "))
			from = end
		}
	}
	return out
}

// listed reads a right as we write it: 发明专利，ZL202310000001.0，有效，权利人：某大学，未质押;
// nil if it is not written so.
func listed(text string) map[string]any {
	parts := strings.Split(text, "，")
	if len(parts) < 2 || len(parts) > 5 || ipKind.FindString(parts[0]) != parts[0] {
		return nil
	}
	r := map[string]any{"kind": parts[0]}
	for _, part := range parts[1:] {
		key := "number"
		if owner, ok := strings.CutPrefix(part, "权利人："); ok {
			key, part = "owner", owner
		} else if slices.Contains(need.PledgeStates(), part) {
			key = "pledge"
		} else if r["number"] != nil || ipStatus.FindString(part) == part {
			key = "status"
		}
		if r[key] != nil || part == "" {
			return nil
		}
		r[key], _ = shortened(part, partSize)
	}
	return r
}

// partSize is how many characters each part of a right may have.
const partSize = 40

// rightOf reads one right: 发明专利 ZL202310000001.0（有效，未质押）.
func rightOf(text string) map[string]any {
	if r := listed(text); r != nil {
		return r
	}
	plain := norm.NFKC.String(text)
	r := map[string]any{"kind": "知识产权"}
	number := ipNumber.FindString(plain)
	if kind := ipKind.FindString(plain); kind != "" {
		r["kind"] = kind
	} else if number != "" {
		r["kind"] = "专利"
	} else if countOnly.MatchString(plain) || plain != "" {
		r["kind"], _ = shortened(text, 40)
	}
	if number != "" {
		r["number"] = strings.ToUpper(strings.ReplaceAll(number, " ", ""))
	}
	if s := ipStatus.FindString(strings.ReplaceAll(plain, number, "")); s != "" {
		r["status"] = s
	}
	if m := ipOwner.FindStringSubmatch(plain); m != nil {
		r["owner"], _ = shortened(m[1], 120)
	}
	if p := need.ReadPledge(plain); p != "" {
		r["pledge"] = p
	}
	return r
}

// workOf reads a project or a case: 2025，铜带软化：量产.
func workOf(text string) map[string]any {
	m := recordOf.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	r := map[string]any{}
	r["title"], _ = shortened(strings.TrimSpace(m[2]), 200)
	if year, err := strconv.Atoi(m[1] + m[3]); err == nil && year > 1900 && year < 2200 {
		r["year"] = float64(year)
	}
	if m[4] != "" {
		r["result"], _ = shortened(strings.TrimSpace(m[4]), 300)
	}
	return r
}

// pledgeOf reads a column that is about pledges only: 是 means pledged.
func pledgeOf(text string) string {
	if p := need.ReadPledge(text); p != "" {
		return p
	}
	switch strings.TrimSpace(text) {
	case "是", "有", "Y", "y":
		return "质押中"
	case "否", "无", "N", "n", "没有":
		return "未质押"
	}
	return ""
}

// synonym is another way in which sheets say a word of a list.
type synonym struct{ key, word, others string }

func synonyms() []synonym {
	return []synonym{
		{"application", "未应用", "尚未应用 没有应用 暂未应用 未推广"},
		{"application", "小批量或小范围应用", "小批量 小范围 示范应用 试用 试点"},
		{"application", "应用后停用", "停用 已停止"},
		{"application", "产业化应用", "产业化 规模化 批量应用 大规模 已应用 推广应用 广泛应用"},
		{"transfer", "许可", "授权使用 专利许可 普通许可 独占许可"},
		{"transfer", "转让", "出让 专利转让"},
		{"transfer", "合作实施", "合作开发 合作研发 联合开发 共同开发 合作生产 合作"},
		{"transfer", "作价投资", "作价入股 技术入股 入股 作价"},
		{"transfer", "自行实施", "自主实施 自行转化 自主转化"},
		{"form", "新装备", "装备 设备 仪器"},
		{"form", "新材料", "材料"},
		{"form", "新工艺", "工艺 方法"},
		{"form", "软件", "系统 平台 算法"},
		{"form", "新品种", "品种"},
		{"form", "新产品", "产品"},
		{"form", "新技术", "技术"},
		{"grade", "未评价", "未鉴定 未评估 无"},
		{"secrecy", "公开", "不涉密 非密 否 无"},
		{"secrecy", "内部", "内部资料"},
		{"chain", "有色金属", "铜 钨 稀土 锂 有色"},
		{"chain", "电子信息", "电子 半导体 通信 软件"},
		{"chain", "医药", "生物医药 中医药 医疗"},
		{"chain", "装备制造", "机械 装备"},
		{"chain", "石化化工", "化工 石化"},
		{"chain", "新能源", "光伏 锂电 电池 储能"},
		{"chain", "纺织服装", "纺织 服装"},
		{"chain", "现代家具", "家具"},
		{"kind", "企业", "公司 民营 国有 有限 股份 厂"},
		{"kind", "高校", "大学 学院 院校"},
		{"kind", "科研院所", "研究院 研究所 科研"},
		{"kind", "金融机构", "银行 基金 保险 担保"},
		{"kind", "政府部门", "机关 政府 局"},
		{"kind", "中试贷", "中试"},
		{"kind", "种子", "种子基金 天使"},
		{"kind", "概念验证", "概念验证基金"},
		{"kind", "信用贷", "信用贷款 科贷通"},
		{"kind", "知识产权质押", "专利质押 质押贷款"},
		{"kinds", "知识产权代理", "专利代理 商标代理"},
		{"kinds", "知识产权评估", "资产评估 专利评估 价值评估"},
		{"kinds", "技术转移", "成果转化 技术交易 技术经纪"},
		{"kinds", "检测认证", "检测 检验 认证 计量"},
		{"kinds", "科技咨询", "咨询 查新 申报"},
		{"kinds", "中试服务", "中试"},
		{"kinds", "法律服务", "律师 法律"},
		{"kinds", "财税服务", "会计 税务 审计 财务"},
		{"consent", "已授权", "同意 是 已同意"},
		{"consent", "未授权", "不同意 否"},
		{"tags", "高企", "高新技术企业 国高企"},
		{"tags", "小巨人", "专精特新小巨人"},
		{"tags", "规上企业", "规上 规模以上"},
		{"source", "单位报送", "报送 申报 推荐 填报"},
		{"source", "外部平台", "平台"},
		{"source", "公开信息", "网站 公众号 公示 公开"},
		{"source", "接口交换", "接口 交换"},
		{"source", "本中心收集", "走访 收集 本中心 调研"},
	}
}
