package rag

import "tanxu/need"

// factWords are how people speak of a fact. A question is asked as it stands;
// of a tag it is asked with its name in the place of %s.
type factWords struct {
	name, nameEN string
	unit, unitEN string
	ask, askEN   string
	no, noEN     string // a flag that is not so
}

// wordsOf returns the words of a fact; the name of a flag is a statement.
func wordsOf(f need.Fact) factWords {
	switch f.Shape() {
	case need.NumberFact:
		return numberWords(f)
	case need.FlagFact:
		return flagWords(f)
	default:
		return codeWords(f)
	}
}

func numberWords(f need.Fact) factWords {
	switch f {
	case need.FactYears:
		return factWords{name: "成立年限", nameEN: "years since founding", unit: "年", unitEN: "years", ask: "企业成立满几年？", askEN: "How many full years ago was the enterprise founded?"}
	case need.FactRevenue:
		return factWords{name: "上年销售收入", nameEN: "revenue of last year", unit: "万元", unitEN: "×10,000 yuan", ask: "上一年度销售收入是多少万元？", askEN: "What was last year's revenue, in 10,000 yuan?"}
	case need.FactResearch:
		return factWords{name: "上年研发投入", nameEN: "R&D spending of last year", unit: "万元", unitEN: "×10,000 yuan", ask: "上一年度研发投入是多少万元？", askEN: "What was last year's R&D spending, in 10,000 yuan?"}
	case need.FactEmployees:
		return factWords{name: "职工人数", nameEN: "employees", unit: "人", unitEN: "people", ask: "现有职工多少人？", askEN: "How many people are employed?"}
	case need.FactPatents:
		return factWords{name: "有效发明专利", nameEN: "invention patents in force", unit: "件", unitEN: "patents", ask: "企业名下有几件有效发明专利？", askEN: "How many invention patents in force does the enterprise hold?"}
	case need.FactUnpledged:
		return factWords{name: "未质押的有效发明专利", nameEN: "invention patents in force and not pledged", unit: "件", unitEN: "patents", ask: "有效发明专利中，没有质押的有几件？", askEN: "How many of the invention patents in force are not pledged?"}
	case need.FactAmount:
		return factWords{name: "申请额度", nameEN: "amount wanted", unit: "万元", unitEN: "×10,000 yuan", ask: "需要融资多少万元？", askEN: "How much is wanted, in 10,000 yuan?"}
	case need.FactTermMonths:
		return factWords{name: "期限", nameEN: "term", unit: "个月", unitEN: "months", ask: "资金需要用多少个月？", askEN: "For how many months is the money needed?"}
	case need.FactTRL:
		return factWords{name: "技术成熟度", nameEN: "technology readiness level", unit: "级", unitEN: "(TRL)", ask: "成果的技术成熟度（TRL）是几级？", askEN: "What is the technology readiness level (TRL)?"}
	default:
		return factWords{name: "日期", nameEN: "day"}
	}
}

func codeWords(f need.Fact) factWords {
	switch f {
	case need.FactRegion:
		return factWords{name: "所在地区", nameEN: "region", ask: "企业注册在哪个设区市？", askEN: "In which city is the enterprise registered?"}
	case need.FactChain:
		return factWords{name: "产业链", nameEN: "industry chain", ask: "企业属于哪条重点产业链？", askEN: "To which industry chain does the enterprise belong?"}
	case need.FactStage:
		return factWords{name: "成果阶段", nameEN: "stage of the achievement", ask: "成果处于初期、中期还是成熟应用阶段？", askEN: "Is the achievement at an early, middle or mature stage?"}
	case need.FactApplicant:
		return factWords{name: "申请主体", nameEN: "applicant", ask: "由企业、团队、高校院所还是中试平台申请？", askEN: "Who applies: an enterprise, a team, a university or institute, or a pilot platform?"}
	case need.FactTags:
		return factWords{name: "企业资质", nameEN: "title", ask: "企业目前是“%s”吗（在有效期内）？", askEN: "Does the enterprise hold the title “%s”, still in force?"}
	default:
		return factWords{name: "已签技术合同", nameEN: "technical contract signed", ask: "是否已签“%s”合同？", askEN: "Is a contract of “%s” signed?"}
	}
}

func flagWords(f need.Fact) factWords {
	w := func(name, no, ask, nameEN, noEN, askEN string) factWords {
		return factWords{name: name, no: no, ask: ask, nameEN: nameEN, noEN: noEN, askEN: askEN}
	}
	switch f {
	case need.FactRegistered:
		return w("技术合同已登记", "技术合同未登记", "技术合同是否已认定登记？", "the technical contract is registered", "the technical contract is not registered", "Is the technical contract registered?")
	case need.FactRDRecorded:
		return w("近一年有研发费用归集", "近一年没有研发费用归集", "近一年是否归集了研发费用？", "R&D costs of the last year are accounted for", "no R&D costs of the last year are accounted for", "Are R&D costs of the last year accounted for?")
	case need.FactCredit:
		return w("无不良征信", "有不良征信", "企业和法定代表人的征信是否良好？", "the credit record is clean", "the credit record is not clean", "Is the credit record of the enterprise and its head clean?")
	case need.FactPenaltyFree:
		return w("安全环保无处罚", "有安全或环保处罚", "近年是否没有安全、环保方面的处罚？", "no penalty for safety or environment", "penalties for safety or environment", "Is the enterprise free of penalties for safety and environment?")
	case need.FactSite:
		return w("中试场地已落实", "中试场地未落实", "中试场地是否已落实？", "a pilot site is secured", "no pilot site is secured", "Is a pilot site secured?")
	case need.FactOrder:
		return w("有核心企业订单", "没有核心企业订单", "是否有链上核心企业的订单？", "orders of a core enterprise", "no orders of a core enterprise", "Are there orders of a core enterprise of the chain?")
	case need.FactRetrofit:
		return w("技改项目已备案", "技改项目未备案", "技改项目是否已备案？", "the retrofit project is filed", "the retrofit project is not filed", "Is the retrofit project filed?")
	case need.FactInvested:
		return w("已获合作基金投资", "未获合作基金投资", "是否已获合作基金投资？", "a partner fund has invested", "no partner fund has invested", "Has a partner fund invested?")
	case need.FactRights:
		return w("权属清楚", "权属不清", "核心成果或专利的权属是否清楚、没有争议？", "the rights are clear", "the rights are not clear", "Are the rights in the core result clear and undisputed?")
	case need.FactPartner:
		return w("有承接或应用企业", "没有承接或应用企业", "是否有明确的承接或应用企业？", "a firm will take it up", "no firm will take it up", "Is there a firm that will take it up?")
	case need.FactLabData:
		return w("完成小试并有数据", "小试未完成或没有数据", "小试是否完成并有数据？", "bench scale is done, with data", "bench scale is not done or has no data", "Is bench scale done, with data?")
	default:
		return moreFlagWords(f)
	}
}

func moreFlagWords(f need.Fact) factWords {
	w := func(name, no, ask, nameEN, noEN, askEN string) factWords {
		return factWords{name: name, no: no, ask: ask, nameEN: nameEN, noEN: noEN, askEN: askEN}
	}
	switch f {
	case need.FactBatchSales:
		return w("产品已批量销售", "产品未批量销售", "产品是否已批量销售？", "the product is sold in batches", "the product is not sold in batches", "Is the product sold in batches?")
	case need.FactFirstSet:
		return w("列入首台套目录", "未列入首台套目录", "装备是否列入首台套目录？", "listed as a first set of equipment", "not listed as a first set of equipment", "Is the equipment listed as a first set?")
	case need.FactProject:
		return w("研发项目已立项", "研发项目未立项", "研发项目是否已立项？", "the R&D project is approved", "the R&D project is not approved", "Is the R&D project approved?")
	case need.FactMeasurable:
		return w("技术指标可检测", "技术指标不可检测", "技术指标能否由检测机构检测？", "the indicators can be tested", "the indicators cannot be tested", "Can the indicators be tested?")
	case need.FactApproval:
		return w("持有有效批件或注册证", "没有有效批件或注册证", "是否持有有效的药品批件或医疗器械注册证？", "holds an approval in force", "holds no approval in force", "Is a drug approval or device registration in force held?")
	case need.FactBusiness:
		return w("主营业务清晰", "主营业务不清晰", "主营业务是否清晰？", "a clear main business", "no clear main business", "Is the main business clear?")
	default:
		return w("可提供知识产权反担保", "不能提供知识产权反担保", "能否以知识产权提供反担保？", "can counter-guarantee with intellectual property", "cannot counter-guarantee with intellectual property", "Can intellectual property serve as counter-guarantee?")
	}
}
