package extract

import (
	"strings"

	"tanxu/need"
)

// cue is a word and how strongly it speaks for a field.
type cue struct {
	points int
	words  string // separated by spaces
}

// cues are the words that speak for each field, in a clause or sentence.
func cues() map[need.Key][]cue {
	return map[need.Key][]cue{
		need.KeyProblem: {
			{3, "问题 难题 瓶颈 痛点 困难 难点 缺陷 弊端 不足 缺点 隐患"},
			{2, "无法 难以 不能 不稳定 不均匀 不理想 不高 较差 过高 过大 太差 太大 太慢 太快 偏低 偏高 缺乏 尚未 有待 导致 致使 造成 严重 故障 损失 容易 易产生 影响 制约 差距 依赖进口 空白 断裂 开裂 退货 投诉 赔 掉 裂 漏 超差 报废 上不去 降不下 浪费 污染 脱落 失效 磨损 堵塞 磨得 跟不上"},
			{1, "低 差 高 慢 少 短"},
		},
		need.KeyExpectedGoal: {
			{3, "目标 达到 实现 以期 最终 使得 满足 力争 预期"},
			{2, "提高 降低 提升 减少 缩短 希望 能够 保证 确保 改善 避免 从而 解决 完成 形成 要求 增强 延长"},
			{1, "以上 以下 以内 ≥ ≤ 不低于 不超过"},
		},
		need.KeyKeyTech: {
			{3, "关键技术 核心技术 技术研究 开发一种 研发一种 研制 攻克 研究开发 工艺技术 制备技术 技术方案 研究内容"},
			{2, "研发 开发 研究 采用 建立 设计 优化 构建 利用 基于 技术 工艺 算法 模型 方法 系统 材料 装备 寻求 寻找 引进 改造"},
		},
		need.KeyFoundation: {
			{4, "工作基础 已申请 已授权 发明专利 实用新型 高新技术企业 研发团队 技术团队 研发中心 实验室 工程中心 注册资本 成立于 年产 产值 销售额 职工 员工"},
			{3, "公司现有 我公司是 我司是 本公司是 公司拥有 我公司拥有 拥有 具备 已建成 已建立 已完成 已开展 现有设备 承担 获得 积累 专利 能提供 可提供 前期 位于 占地 致力于 从事"},
			{2, "公司 团队 设备 平台 基础 台套 生产线"},
		},
		need.KeyTried: {
			{5, "试过 尝试 曾经 曾用 做过 换过 用过 加过"},
			{4, "目前采用 现采用 现有技术 传统方法 传统工艺 目前普遍 普遍采用 目前主要 现有方法 目前使用 目前是采用 一般采用 常用的 目前国内"},
			{2, "效果不理想 效果不好 没有成功 停了 没用 退回"},
		},
		need.KeyConstraints: {
			{5, "不得 不允许 不能改 不改变 不能动 不动 不能换 不换 不更换 严禁 前提下 不影响 不增加 保持不变"},
			{3, "必须 成本不 符合国家 满足国家 环保要求 安全要求 兼容 一定要"},
		},
		need.KeyPartnerReq: {
			{5, "寻求合作 寻求技术合作 希望与 希望和 愿与 高校合作 高校、科研院所 科研院所 相关专家 得到专家 专家指导 技术支持 寻求高校 有意向 有能力的 合作单位 科研团队 技术团队合作 联合攻关 合作伙伴"},
			{3, "希望能得到 希望得到 寻找 找懂 找高校 找个 请人 请专家 老师 团队 院所 高校 专家"},
		},
		need.KeyScene: {
			{4, "用于 应用于 适用于 应用在 应用场景 使用场景 服务于"},
			{2, "领域 行业 生产线 工序 车间 装置 产线 生产中 过程中 环境下 生产过程 制造 加工"},
		},
		need.KeyRootCause: {
			{5, "原因是 原因在于 主要原因 推断 怀疑 我猜 估计是 根源 归因"},
			{2, "由于 因为"},
		},
	}
}

// classify returns the field that a clause or sentence most likely states, ""
// if no word says so. The section gives its field a head start.
func classify(words string, section need.Key) need.Key {
	best, score := need.Key(""), 2
	table := cues()
	for _, k := range need.Keys() {
		points := 0
		for _, c := range table[k] {
			for w := range strings.FieldsSeq(c.words) {
				if strings.Contains(words, w) {
					points += c.points
				}
			}
		}
		if k == section || section == need.KeyIndicator && k == need.KeyExpectedGoal {
			points += 6
		}
		if points > score {
			best, score = k, points
		}
	}
	return best
}
