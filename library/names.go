package library

import (
	"strings"

	"tanxu/need"
)

// called are the names that a field has in files; the first is how we write it.
type called struct{ key, names string }

// namesOf are the names of a library's fields, as sheets of centres, registers
// and product pages have them.
func namesOf(l need.Library) []called {
	var own []called
	switch l {
	case need.Achievements:
		own = achievementNames()
	case need.Experts:
		own = expertNames()
	case need.Providers:
		own = providerNames()
	case need.FinanceProducts:
		own = financeNames()
	case need.Organisations:
		own = organisationNames()
	}
	return append(own, commonNames()...)
}

// Label is how a field is called in the files that we write.
func Label(l need.Library, key string) string {
	for _, c := range namesOf(l) {
		if c.key == key {
			return strings.Fields(c.names)[0]
		}
	}
	return key
}

func commonNames() []called {
	return []called{
		{"code", "编号 成果编号 专家编号 产品编号 机构编号 单位编号 项目编号 库编号 代码 成果代码 id code"},
		{"region", "所在地区 地区 所属地区 所在地 地市 设区市 所在城市 城市 区域 所属区域 所在地市 region"},
		{"chain", "所属产业链 产业链 重点产业链 产业 所属产业 chain"},
		{"chains", "面向产业链 适用产业链 支持产业链 服务产业链 产业链"},
		{"keywords", "关键词 关键字 主题词 标签 keywords"},
		{"contact_name", "联系人 联系人姓名 业务联系人 对接人 contact_name"},
		{"contact_phone", "联系电话 电话 手机 手机号 手机号码 联系方式 联系人电话 办公电话 contact_phone"},
		{"contact_email", "电子邮箱 邮箱 email e-mail 电子邮件 联系邮箱 contact_email"},
		{"source", "来源 数据来源 信息来源 成果来源 source"},
		{"source_note", "来源说明 出处 来源网址 网址来源 source_note"},
		{"updated", "更新日期 更新时间 填报日期 登记日期 入库日期 日期 updated"},
		{"shared", "是否共享 共享 对下共享 shared"},
	}
}

func achievementNames() []called {
	return []called{
		{"title", "成果名称 项目名称 科技成果名称 技术名称 名称 成果标题 标题 技术成果名称 成果 title name"},
		{"summary", "成果简介 简介 成果介绍 成果内容 技术简介 项目简介 成果概述 内容简介 主要内容 技术内容 成果描述 技术介绍 技术概述 创新点 技术特点 主要创新点 summary"},
		{"indicators", "技术指标 主要技术指标 性能指标 技术参数 主要性能指标 关键指标 主要指标 达到指标 经济技术指标 indicators"},
		{"chain", "所属产业链 产业链 重点产业链 产业 所属产业 chain"},
		{"field", "高新技术领域 技术领域 所属领域 所属技术领域 领域 field"},
		{"industry", "应用行业 所属行业 行业 行业领域 应用领域 industry"},
		{"stage", "所处阶段 成熟度 成果阶段 技术成熟度 阶段 成果成熟度 研发阶段 成熟程度 转化阶段 技术阶段 stage"},
		{"trl", "技术就绪度 trl trl等级 就绪度 技术成熟度等级 成熟度等级 技术就绪等级 技术就绪水平"},
		{"form", "成果体现形式 成果形式 体现形式 成果类型 成果类别 form"},
		{"attribute", "成果属性 属性 attribute"},
		{"grade", "成果水平 技术水平 水平 评价水平 鉴定水平 grade"},
		{"application", "应用状态 应用情况 成果应用状态 推广应用情况 application"},
		{"owner_org", "完成单位 成果完成单位 第一完成单位 所属单位 单位 单位名称 高校院所 研发单位 持有单位 成果持有单位 权属单位 成果所有人 技术持有方 依托单位 学校 院校 机构 owner_org"},
		{"people", "完成人 成果完成人 主要完成人 第一完成人 负责人 项目负责人 发明人 研发团队 团队 技术负责人 课题负责人 people"},
		{"ip", "知识产权 知识产权情况 专利 专利情况 专利号 专利名称及专利号 授权专利 专利信息 知识产权状况 ip"},
		{"ip_number", "专利号 专利申请号 登记证号 知识产权编号"},
		{"ip_status", "专利状态 法律状态 知识产权状态 专利法律状态"},
		{"ip_pledge", "质押状态 质押情况 是否质押 专利质押"},
		{"transfer", "转化方式 合作方式 拟转化方式 转让方式 拟合作方式 转化意向 成果转化方式 意向合作方式 transfer"},
		{"price", "意向价格 价格 转让价格 报价 转让费用 拟转让价格 参考价格 转让金额 合作价格 转化价格 成果价格 许可价格 许可费用 交易价格 期望价格 price"},
		{"pilot", "中试条件 中试情况 中试 中试需求 pilot"},
		{"investment", "投资需求 资金需求 融资需求 投资金额 所需投资 投资规模 预计投资 investment"},
		{"registration", "登记号 成果登记号 科技成果登记号 registration"},
		{"period", "研究起止 研究起止时间 起止时间 研究时间 起止日期 研究周期 完成时间 完成日期 完成年份 成果完成时间 period"},
		{"secrecy", "密级 保密级别 是否保密 secrecy"},
	}
}

func expertNames() []called {
	return []called{
		{"name", "姓名 专家姓名 专家 专家名称 name"},
		{"title", "职称 专业技术职称 技术职称 职务职称 职务/职称 职务 title"},
		{"org", "工作单位 单位 所在单位 单位名称 所属单位 依托单位 学校 机构 org"},
		{"fields", "研究方向 专业领域 研究领域 技术领域 擅长领域 从事专业 专业 领域 研究专长 专长 fields"},
		{"summary", "简介 个人简介 专家简介 简历 个人简历 主要成就 介绍 summary"},
		{"projects", "企业项目 服务企业项目 主要项目 代表性项目 承担项目 服务案例 项目经历 合作项目 projects"},
		{"equipment", "可用设备 设备 仪器设备 平台设备 科研平台 equipment"},
		{"modes", "合作方式 可接受的合作方式 服务方式 合作意向 modes"},
		{"conflicts", "利益冲突 回避单位 回避情况 回避 conflicts"},
		{"consent", "联系授权 授权情况 是否授权联系 是否同意联系 consent"},
	}
}

func providerNames() []called {
	return []called{
		{"name", "机构名称 服务机构名称 单位名称 企业名称 名称 服务机构 公司名称 name"},
		{"kinds", "服务类型 服务类别 机构类型 机构类别 业务类型 服务内容分类 类别 类型 kinds"},
		{"summary", "服务内容 业务范围 机构简介 简介 主要服务 主营业务 服务介绍 服务项目 summary"},
		{"uscc", "统一社会信用代码 信用代码 社会信用代码 uscc"},
		{"regions", "服务区域 服务地区 服务范围 覆盖区域 regions"},
		{"qualifications", "资质 机构资质 服务资质 资质证书 qualifications"},
		{"fee", "收费标准 收费方式 收费 服务费用 fee"},
		{"cases", "服务案例 典型案例 案例 代表案例 cases"},
		{"website", "网站 网址 官网 website"},
		{"valid_until", "有效期 资质有效期 有效期至 证书有效期 valid_until"},
	}
}

func financeNames() []called {
	return []called{
		{"name", "产品名称 金融产品名称 名称 基金名称 贷款产品 产品 name"},
		{"org", "机构 金融机构 发行机构 所属机构 银行 机构名称 提供机构 管理机构 org"},
		{"kind", "产品类型 类型 产品类别 类别 kind"},
		{"summary", "产品简介 简介 产品介绍 产品特点 产品概述 summary"},
		{"for", "适用对象 服务对象 支持对象 适用客户 面向对象 for"},
		{"purpose", "用途 资金用途 贷款用途 用途限制 purpose"},
		{"limit", "额度上限 最高额度 贷款额度 额度 授信额度 单户额度 limit"},
		{"term_months", "期限 贷款期限 最长期限 产品期限 term_months"},
		{"rate", "利率 年利率 利率水平 贷款利率 费率 rate"},
		{"guarantee", "担保方式 担保 增信方式 guarantee"},
		{"risk_share", "风险分担比例 风险分担 风险补偿比例 risk_share"},
		{"conditions", "准入条件 申请条件 申贷条件 准入要求 条件 conditions"},
		{"rules", "规则 机读条件 rules"},
		{"materials", "所需材料 申请材料 材料 申报材料 materials"},
		{"regions", "适用地区 支持地区 适用区域 地区 所在地区 区域 regions"},
		{"stages", "适用阶段 支持阶段 成果阶段 阶段 stages"},
		{"trl_min", "最低trl trl下限 trl_min"},
		{"trl_max", "最高trl trl上限 trl_max"},
		{"contact", "联系方式 联系人 咨询电话 联系电话 办理渠道 contact"},
		{"valid_until", "有效期 有效期至 截止日期 产品有效期 valid_until"},
	}
}

func organisationNames() []called {
	return []called{
		{"name", "单位名称 企业名称 名称 单位全称 企业全称 公司名称 机构名称 全称 name"},
		{"uscc", "统一社会信用代码 信用代码 社会信用代码 组织机构代码 uscc"},
		{"aliases", "别名 简称 曾用名 其他名称 单位简称 企业简称 aliases"},
		{"kind", "单位性质 单位类型 机构属性 机构类型 单位类别 企业性质 类型 kind"},
		{"tags", "资质 企业资质 企业标签 荣誉资质 企业类别 tags"},
		{"industry", "所属行业 行业 国民经济行业 行业领域 industry"},
		{"address", "地址 单位地址 通讯地址 注册地址 企业地址 详细地址 address"},
		{"website", "网站 网址 官网 website"},
		{"summary", "单位简介 企业简介 简介 主营业务 主要产品 经营范围 summary"},
	}
}
