package extract

import (
	"strings"

	"tanxu/need"
)

// cue are the words that speak for a field, by how they do: at the start of a
// clause, plainly anywhere, or weakly.
type cue struct {
	key                 need.Key
	enough              int    // points that a clause needs to be given to the field
	starts, plain, weak string // separated by spaces
}

// Points of the three kinds of cues, of the section, and of the clause before.
const (
	startPoints   = 5
	plainPoints   = 3
	weakPoints    = 1
	sectionPoints = 4
	before        = 1
)

func cues() []cue {
	return []cue{
		{
			need.KeyProblem, 3,
			"存在 但 但是 由于 导致 造成 致使 目前存在 主要问题 缺乏 无法 不能 难以 拟解决 解决 如何解决 一旦 尚未 还存在 还没有 容易 急需解决",
			"问题 难题 瓶颈 痛点 困难 难点 缺陷 弊端 不足 缺点 隐患 无法 难以 不稳定 不均匀 不理想 效果差 较差 偏低 偏高 缺乏 尚未 有待 导致 致使 造成 故障 损失 制约 差距 依赖进口 空白 断裂 开裂 裂纹 退货 投诉 失效 磨损 堵塞 上不去 跟不上 污染严重 无力 迫在眉睫 不容易 障碍 严重",
			"没过 不合格 冒泡 鼓 霉 脱胶 掉粉 掉强度 渣 发热 发烫 停机 返工 断 堵 渗 锈 跳 抖 不够 不能 不高 过高 过大 太差 太大 太慢 太快 影响 易 低 差 慢 大量 裂 掉 漏 超标 烫 翘 浪费 不均 不够 未能",
		},
		{
			need.KeyExpectedGoal, 4,
			"实现 达到 提高 降低 提升 减少 缩短 使 使得 满足 保证 确保 最终 完成 形成 从而 以期 以提高 以满足 以实现 预期 目标 预期目标 能够 可提高 可实现 力争 打造 改善 增强 避免 解决目前 可以 可 获得 希望通过 希望能够",
			"达到 实现 最终 预期 目标 以上 以下 以内 ≥ ≤ 不低于 不超过 不大于 大大提高 有效提高 显著提高 奠定基础 推广应用 产业化生产",
			"提高 降低 提升 减少 满足 保证 要求 形成 完成 改善 增加",
		},
		{
			need.KeyKeyTech, 5,
			"研究 开发 研发 建立 设计 采用 利用 通过 基于 攻克 优化 构建 搭建 研制 寻求 寻找 引进 需要研发 需要开发 需要 进行 提出 探索 针对 借助 综合 突破 现需要 现寻求 拟开发 拟采用 开展",
			"关键技术 核心技术 技术研究 制备技术 加工技术 工艺技术 控制技术 算法 模型 技术方案 一体化 新工艺 新技术 新材料 新型 系统开发 优化设计 配方优化 工艺优化",
			"研发 开发 研究 技术 工艺 方法 系统 装备 材料 设计 装置 配方 平台",
		},
		{
			need.KeyFoundation, 5,
			"公司现有 我公司现有 公司拥有 公司是 我公司是 我司是 本公司是 公司已 我公司已 公司具有 公司具备 目前公司 目前我公司已 团队 拥有 具备 已建成 已建立 已完成 已开展 已申请 前期 企业现有 公司成立 现有 建有 我单位 本单位 公司自主 我公司自主 近年来公司 公司主要 公司属于 依托",
			"已申请 已授权 发明专利 实用新型 高新技术企业 研发团队 技术团队 研发中心 实验室 工程中心 工程技术研究中心 注册资本 成立于 占地 职工 员工 承担 积累 获得 荣获 专业从事 致力于 高级工程师 授权 科技进步 项目组 研究员 硕士 博士 已完成 已建 初步研究 一定基础 实验平台 检测仪器 能提供 可提供 取得",
			"公司 我司 团队 设备 平台 台套 拥有 具备 专利",
		},
		{
			need.KeyTried, 4,
			"目前采用 目前普遍 目前主要采用 目前国内 目前是采用 目前一般 现采用 传统 现有技术 现有工艺 试过 曾 曾经 尝试 换过 用过 加过 目前的方法 目前使用 市场上 目前该行业 目前我公司采用 目前通过",
			"试过 尝试 普遍采用 现有方法 目前采用 目前使用 效果不理想 效果不好 停了 没用 传统方法 传统工艺 传统的 主要使用方法 一般采用 现有技术",
			"目前 常用 曾",
		},
		{
			need.KeyConstraints, 3,
			"不得 不允许 不能改 严禁 在不 不改变 不增加 必须 要求符合 前提",
			"不得 不允许 不能改 不改变 不能动 不动 不能换 不更换 严禁 前提下 不增加 保持不变 一定要 成本不超过 无毒 环保要求 符合国家",
			"必须 兼容 安全",
		},
		{
			need.KeyPartnerReq, 4,
			"寻求合作 希望与 希望和 希望能得到 希望得到 愿与 希望有 望有 想找 找个 寻找合作 需要有 希望在 急需与 只能寻求 期望与 诚邀 需要专家 希望高校 请",
			"科研院所 相关专家 得到专家 专家指导 技术支持 高校 合作单位 联合攻关 合作伙伴 外部技术资源 专家团队 科研单位 技术合作 有经验的 懂 院校 请人 老师 院所",
			"合作 专家 团队 指导",
		},
		{
			need.KeyScene, 6,
			"用于 应用于 适用于 主要用于 主要应用于 广泛应用于 主要应用 拟用于 在生产 产品用于",
			"应用于 适用于 用于 应用场景 应用在 重要组成部分 主要设备 生产线 工况 环境下 作业的过程中",
			"领域 生产过程 过程中 装置 车间 工序 设备中 行业",
		},
		{
			need.KeyRootCause, 5,
			"原因是 原因在于 主要原因 推断 怀疑 我猜 我估计 估计是 根源 是因为",
			"原因是 原因在于 主要原因 推断 怀疑 归因",
			"",
		},
	}
}

// classify returns the field that a clause most likely states, "" if no words
// say so. The section and the clause before give their field a head start.
func classify(words string, section, previous need.Key) need.Key {
	words = trimMarker(strings.TrimSpace(words))
	best, score := need.Key(""), 0
	for _, c := range cues() {
		points := startPoints*starts(words, c.starts) + plainPoints*min(3, hits(words, c.plain)) + weakPoints*min(3, hits(words, c.weak))
		if c.key == section || section == need.KeyIndicator && c.key == need.KeyExpectedGoal {
			points += sectionPoints
			if section == need.KeyFoundation {
				points += 2 * sectionPoints
			}
		}
		if c.key == previous {
			points += before
		}
		if points >= c.enough && points > score {
			best, score = c.key, points
		}
	}
	return best
}

// starts returns 1 if s starts with one of the words, else 0.
func starts(s, words string) int {
	for w := range strings.FieldsSeq(words) {
		if strings.HasPrefix(s, w) {
			return 1
		}
	}
	return 0
}

// hits counts the words that s contains.
func hits(s, words string) int {
	n := 0
	for w := range strings.FieldsSeq(words) {
		if strings.Contains(s, w) {
			n++
		}
	}
	return n
}
