package document

import (
	"slices"

	"tanxu/need"
)

// called is how the columns and labels of a target are named.
type called struct {
	target Target
	names  string // the whole name, separated by spaces
	words  string // a name or label that holds one of these
	hints  string // the name of a column that holds one of these, where nothing better is known
}

// namings are the names in use, as forms and lists of centres have them. Where
// two targets fit a name, the longer words win, then the first target.
func namings() []called {
	return slices.Concat(needNamings(), partyNamings(), hintNamings())
}

func needNamings() []called {
	k := func(key need.Key, names, words string) called {
		return called{target: Target(key), names: names, words: words}
	}
	return []called{
		{target: Title, names: "技术需求名称 需求名称 项目名称 需求标题 标题 题目 技术需求 技术需求题目 需求题目 课题名称 难题名称 技术难题名称 攻关项目名称 需求项目名称 名称 榜单名称 榜单题目 需求主题 项目 需求 技术名称 title name topic", words: "需求名称 项目名称 难题名称 课题名称 需求标题 需求题目"},
		{target: FreeText, names: "需求内容 技术需求内容 项目简介 需求简介 需求概述 技术需求概述 需求详情 详细描述 内容 具体内容 主要内容 技术需求简介 需求说明 技术需求说明 项目内容 项目概况 技术需求详细描述 需求情况 技术需求情况 情况说明 details", words: "需求内容 需求简介 需求概述 需求详情 项目简介 需求情况"},
		k(need.KeyProblem, "主要问题 拟解决的技术难题 需求描述 技术难题 存在问题 存在的问题 主要技术问题 拟解决的主要问题 拟解决的关键问题 亟待解决的问题 待解决的技术问题 技术难题描述 问题描述 难题描述 技术问题 技术瓶颈 瓶颈问题 技术需求描述 技术难点 难点 痛点 需求背景 现状及问题 现状与问题 面临的问题 需解决的技术难题 问题 难题 技术难题简介 主要技术难题 problem description", "技术难题 主要问题 存在问题 存在的问题 需求描述 问题描述 技术难点 技术瓶颈 需解决 拟解决 待解决 需求背景 技术问题 关键问题"),
		k(need.KeyIndicator, "技术指标 考核指标 主要技术指标 技术指标要求 主要指标 预期指标 关键指标 性能指标 指标 指标要求 技术参数 主要技术参数 拟达到的技术指标 具体技术指标 目标参数 技术经济指标 经济技术指标 主要技术经济指标 技术要求 参数要求 indicator indicators target", "技术指标 考核指标 性能指标 技术参数 主要指标 经济指标 指标要求 预期指标"),
		k(need.KeyExpectedGoal, "预期目标 目标 预期成果 项目目标 预期效果 拟实现的目标 期望目标 技术目标 预期达到的目标 经济效益 预期经济效益 社会效益 预期效益 拟达到的目标 goal", "预期目标 预期效果 预期成果 预期效益 经济效益 目标要求 达到的目标"),
		k(need.KeyKeyTech, "技术关键 关键技术 所需技术 所需关键技术 研究内容 主要研究内容 研发内容 需攻关的关键技术 关键核心技术 拟攻关技术 所需技术内容 攻关内容 主要技术内容", "关键技术 研究内容 研发内容 技术关键 攻关内容 所需技术"),
		k(need.KeyFoundation, "现有基础 现有基础条件 工作基础 研究基础 已有基础 现有研究基础 技术基础 前期基础 现有条件 基础条件 企业现有基础 研发条件 研发基础 foundation", "现有基础 工作基础 研究基础 已有基础 基础条件 现有条件 研发基础 前期基础"),
		k(need.KeyTried, "已尝试方案 已采取的措施 前期尝试 已开展的工作 已做工作 尝试过的办法 现有解决方案 已有方案 前期工作 已尝试的方案 tried", "尝试 已采取 已开展"),
		k(need.KeyConstraints, "约束条件 限制条件 约束 限制 其他要求 边界条件", "约束 限制条件"),
		k(need.KeyPartnerReq, "合作方要求 对合作方的要求 揭榜方条件 揭榜方要求 对专家的要求 专家要求 合作单位要求 意向合作单位 意向单位 意向专家 拟合作单位 期望合作单位 合作对象 希望合作的单位 合作意向单位", "合作方要求 揭榜方 专家要求 意向单位 合作单位 意向专家 意向合作"),
		k(need.KeyBudgetToPartner, "支付给揭榜方资金 支付合作方 支付揭榜方 揭榜金额 支付给合作方 支付合作方金额", "支付揭榜方 支付给 支付合作方 揭榜金额"),
		k(need.KeyBudget, "投入 预算 拟投入资金 拟投入 投入资金 计划投入 拟投入资金总额 投资总额 总投资 经费预算 研发预算 项目预算 资金预算 意向金额 意向投入 投资金额 经费 计划投资 投入金额 拟投入经费 预计投入 项目总投资 资金投入 榜额 budget", "拟投入 预算 计划投入 预计投入 投入资金 投资总额 总投资 意向金额 投入金额 投资金额 资金投入"),
		k(need.KeyDeadline, "完成时限 需求时限 期限 解决期限 完成时间 截止时间 截止日期 计划完成时间 时限 需求期限 实施期限 起止时间 项目周期 实施周期 期望完成时间 解决时限 完成期限 要求完成时间 拟完成时间 时间要求 希望解决时间 deadline", "时限 期限 完成时间 完成期限 截止 起止时间 实施周期 实施期限 解决时间"),
		k(need.KeyCoopMode, "合作方式 解决方式 合作模式 技术合作方式 合作形式 对接方式 拟采用合作方式 需求合作方式 拟合作方式 cooperation", "合作方式 解决方式 合作模式 合作形式 对接方式"),
		k(need.KeyIPTerms, "知识产权 产权归属 知识产权归属 成果归属", "产权归属 成果归属 知识产权"),
		k(need.KeyConfidentiality, "公开级别 是否公开 保密要求 保密级别 公开程度 公开方式", "是否公开 公开级别 保密"),
		k(need.KeyNeedType, "需求类型 需求类别 技术需求类型 项目类型 类型 类别 技术需求类别 需求性质", "需求类型 需求类别"),
		k(need.KeyChain, "产业链 所属产业链 重点产业链 产业 所属产业 产业领域", "产业链"),
		k(need.KeyScene, "应用场景 应用对象 应用范围 适用范围 产品或工序", "应用场景 应用范围"),
		k(need.KeyRootCause, "原因分析 原因 问题原因 成因", "原因分析 问题原因"),
		k(need.KeyDecisionOwner, "决策人 决策归属", "决策"),
		{target: RowName, names: "指标名称 指标项 指标项目 参数名称", words: "指标名称"},
		{target: RowCurrent, names: "现状值 现状指标 当前指标 现状 目前水平 当前值 现有水平 现有指标 目前指标 当前水平", words: "现状值 当前值 目前水平 现有水平"},
		{target: RowGoal, names: "目标值 要求值 期望值 目标水平 指标值 要求达到值", words: "目标值 期望值 要求值"},
		{target: RowUnit, names: "计量单位 指标单位", words: "计量单位"},
		{target: RowCondition, names: "测试条件 检测条件 测试方法 检测标准 检测方法 测试标准", words: "测试条件 检测条件 测试方法 检测标准 检测方法"},
	}
}

func partyNamings() []called {
	return []called{
		{target: Number, names: "序号 编号 需求编号 项目编号 no no. # 号 行号", words: "序号 编号"},
		{target: OrgName, names: "单位全称 企业名称 单位名称 公司名称 需求单位 企业全称 需求方 申报单位 技术需求单位 填报单位 所属企业 企业 单位 公司 发榜单位 提出单位 需求企业 机构名称 技术需求方 company organisation organization", words: "单位全称 企业名称 单位名称 公司名称 需求单位 企业全称 申报单位 填报单位 机构名称 需求企业"},
		{target: OrgUSCC, names: "统一社会信用代码 社会信用代码 信用代码 组织机构代码 uscc", words: "信用代码 组织机构代码"},
		{target: OrgType, names: "机构属性 单位性质 企业性质 企业类型 单位类型 单位属性", words: "单位性质 企业性质 机构属性 企业类型"},
		{target: OrgTags, names: "企业资质 资质 荣誉资质 企业类别 企业荣誉", words: "资质 高新技术企业"},
		{target: Profile, names: "机构简介 企业简介 单位简介 公司简介 企业概况 单位概况 企业基本情况 主营业务 主要产品 经营范围", words: "企业简介 单位简介 公司简介 机构简介 企业概况 主营业务 主导产品"},
		{target: Address, names: "地址 通讯地址 单位地址 企业地址 详细地址 注册地址 所在园区 园区", words: "地址 园区"},
		{target: Industry, names: "所属行业 应用行业 行业 行业领域 国民经济行业 技术领域 所属领域 所属技术领域 高新技术领域 领域 学科分类 所属高新技术领域", words: "行业 技术领域 学科"},
		{target: Keywords, names: "关键词 关键字 keywords", words: "关键词 关键字"},
		{target: Target(need.KeyRegion), names: "所在地域 所在地 地区 所属地区 地市 所在地市 设区市 市 所在市 所属地市 区域 所在区域 县区 市县 region city", words: "地市 地区 所在地 地域 设区市"},
		{target: ContactName, names: "联系人 联系人姓名 姓名 企业联系人 项目联系人 需求联系人 负责人 项目负责人 技术负责人 填报人 填表人 contact", words: "联系人 负责人 填报人"},
		{target: ContactRole, names: "职务 职称 联系人职务 职务职称 职务/职称", words: "职务 职称"},
		{target: ContactPhone, names: "电话 联系电话 手机 手机号 手机号码 联系方式 移动电话 固定电话 办公电话 联系人电话 phone tel mobile", words: "电话 手机 联系方式"},
		{target: ContactEmail, names: "邮箱 电子邮箱 email e-mail 电子邮件 联系邮箱 邮件", words: "邮箱 邮件 email"},
		{target: ContactOther, names: "传真 微信 微信号 qq qq号 邮编 身份证 身份证号", words: "传真 微信 身份证"},
		{target: Ignore, names: "备注 填报日期 填表日期 填报时间 盖章 签字 审核意见 是否 来源", words: "备注 盖章 签字 审核意见 填报日期 填表日期"},
	}
}

// hintNamings are words of everyday names: 打算投多少钱, 有什么困难.
func hintNamings() []called {
	k := func(key need.Key, hints string) called { return called{target: Target(key), hints: hints} }
	return []called{
		k(need.KeyProblem, "问题 难题 困难 难点 痛点 瓶颈 problem issue"), k(need.KeyIndicator, "指标 参数 indicator"), k(need.KeyExpectedGoal, "目标 效果 效益 goal"),
		k(need.KeyBudget, "钱 资金 经费 投资 投入 金额 费用 budget"), k(need.KeyDeadline, "什么时候 时间 日期 周期 deadline date"), k(need.KeyCoopMode, "合作 怎么做"),
		k(need.KeyFoundation, "基础 条件"), k(need.KeyPartnerReq, "专家 高校 院所"), {target: OrgName, hints: "企业 公司 单位 company"},
		{target: FreeText, hints: "需求 描述 内容 简介 说明 description"},
	}
}
