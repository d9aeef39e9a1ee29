package need

// FieldShape is the form that the value of a field has.
type FieldShape string

// The shapes.
const (
	TextField    FieldShape = "text"    // one line
	LongField    FieldShape = "long"    // several sentences
	TextsField   FieldShape = "texts"   // a list of short texts
	ChoiceField  FieldShape = "choice"  // one of Words
	ChoicesField FieldShape = "choices" // some of Words
	NumberField  FieldShape = "number"  // not negative, in Unit
	LevelField   FieldShape = "level"   // TRL, 1 to 9
	DayField     FieldShape = "day"     // 2026-05-18
	RegionField  FieldShape = "region"  // GB/T 2260 code
	RegionsField FieldShape = "regions"
	USCCField    FieldShape = "uscc"    // with a right check character
	RecordsField FieldShape = "records" // a list of small records with Parts
	RulesField   FieldShape = "rules"   // conditions as data, see docs/library-format.md
	ChecksField  FieldShape = "checks"  // evidence by item of the checklist
)

// LibraryField is one field of a library's records.
type LibraryField struct {
	Key      string
	Shape    FieldShape
	Required bool // no record without it
	Wanted   bool // a complete record has it
	Contact  bool // of a person: it never leaves the centre
	Max      int  // characters of a text, or of each text of a list
	Unit     string
	Words    []string
	Parts    []LibraryField // of RecordsField
}

// Field returns the field with this key, nil if there is none.
func (l Library) Field(key string) *LibraryField {
	for _, f := range l.Fields() {
		if f.Key == key {
			return &f
		}
	}
	return nil
}

// Fields are those of a library's records, in the order in which people read
// them (domain: 科技成果登记表, pages of finance products, GB 32100).
func (l Library) Fields() []LibraryField {
	switch l {
	case Achievements:
		return achievementFields()
	case Experts:
		return expertFields()
	case Providers:
		return providerFields()
	case FinanceProducts:
		return financeFields()
	case Organisations:
		return organisationFields()
	default:
		return nil
	}
}

func required(key string, size int) LibraryField {
	return LibraryField{Key: key, Shape: TextField, Required: true, Wanted: true, Max: size}
}

func line(key string, size int) LibraryField {
	return LibraryField{Key: key, Shape: TextField, Max: size}
}

func long(key string) LibraryField { return LibraryField{Key: key, Shape: LongField, Max: 3000} }

func listOf(key string) LibraryField { return LibraryField{Key: key, Shape: TextsField, Max: 200} }

func oneOfWords(key string, words ...string) LibraryField {
	return LibraryField{Key: key, Shape: ChoiceField, Words: words}
}

func someOfWords(key string, words ...string) LibraryField {
	return LibraryField{Key: key, Shape: ChoicesField, Words: words}
}

func dayOf(key string) LibraryField { return LibraryField{Key: key, Shape: DayField} }

func wanted(f LibraryField) LibraryField {
	f.Wanted = true
	return f
}

// contactFields are how a person is reached.
func contactFields() []LibraryField {
	return []LibraryField{
		{Key: "contact_name", Shape: TextField, Wanted: true, Contact: true, Max: 60},
		{Key: "contact_phone", Shape: TextField, Contact: true, Max: 60},
		{Key: "contact_email", Shape: TextField, Contact: true, Max: 120},
	}
}

// sourceFields say where a record comes from.
func sourceFields() []LibraryField {
	return []LibraryField{
		wanted(oneOfWords("source", "本中心收集", "单位报送", "批量导入", "外部平台", "公开信息", "接口交换")),
		line("source_note", 300), // which platform, notice or letter, with its address
		dayOf("updated"),
	}
}

func achievementFields() []LibraryField {
	pledge := oneOfWords("pledge", PledgeStates()...)
	return append(append([]LibraryField{
		required("title", 120),
		wanted(long("summary")),
		wanted(long("indicators")),
		wanted(oneOfWords("chain", Chains()...)),
		oneOfWords("field", TechFields()...),
		line("industry", 120),
		wanted(oneOfWords("stage", Stages()...)),
		{Key: "trl", Shape: LevelField},
		wanted(oneOfWords("form", "新技术", "新工艺", "新产品", "新材料", "新装备", "新品种", "软件")),
		oneOfWords("attribute", "原始性创新", "国外引进消化吸收创新", "国内技术二次开发"),
		oneOfWords("grade", "国际领先", "国际先进", "国内领先", "国内先进", "未评价"),
		wanted(oneOfWords("application", "未应用", "小批量或小范围应用", "产业化应用", "应用后停用")),
		wanted(line("owner_org", 120)),
		wanted(listOf("people")),
		{Key: "region", Shape: RegionField},
		wanted(LibraryField{Key: "keywords", Shape: TextsField, Max: 40}),
		wanted(LibraryField{Key: "ip", Shape: RecordsField, Parts: []LibraryField{
			{Key: "kind", Shape: TextField, Required: true, Max: 40}, line("number", 60), line("status", 40), line("owner", 120), pledge,
		}}),
		wanted(someOfWords("transfer", "自行实施", "转让", "许可", "合作实施", "作价投资", "其他")),
		line("price", 200),
		line("pilot", 500),
		{Key: "investment", Shape: NumberField, Unit: "万元"},
		line("registration", 20), // 登记号
		line("period", 60),       // 研究起止
		oneOfWords("secrecy", "公开", "内部"),
		{Key: "checks", Shape: ChecksField},
	}, contactFields()...), sourceFields()...)
}

func expertFields() []LibraryField {
	return append(append([]LibraryField{
		required("name", 60),
		line("title", 60),
		wanted(line("org", 120)),
		{Key: "region", Shape: RegionField},
		wanted(oneOfWords("chain", Chains()...)),
		listOf("fields"),
		wanted(LibraryField{Key: "keywords", Shape: TextsField, Max: 40}),
		wanted(long("summary")),
		wanted(LibraryField{Key: "projects", Shape: RecordsField, Parts: []LibraryField{
			{Key: "title", Shape: TextField, Required: true, Max: 200}, {Key: "year", Shape: NumberField}, line("result", 300),
		}}),
		listOf("equipment"),
		listOf("modes"),
		line("conflicts", 300), // 利益冲突
		oneOfWords("consent", "已授权", "未授权", "待确认"), // to be contacted
	}, contactFields()...), sourceFields()...)
}

func providerFields() []LibraryField {
	return append(append([]LibraryField{
		required("name", 120),
		wanted(someOfWords("kinds", "知识产权评估", "知识产权代理", "技术转移", "检测认证", "科技咨询", "概念验证", "中试服务", "法律服务", "财税服务", "其他")),
		wanted(long("summary")),
		{Key: "uscc", Shape: USCCField},
		{Key: "region", Shape: RegionField},
		{Key: "regions", Shape: RegionsField}, // where it works
		someOfWords("chains", Chains()...),
		{Key: "keywords", Shape: TextsField, Max: 40},
		wanted(listOf("qualifications")),
		line("fee", 300),
		{Key: "cases", Shape: RecordsField, Parts: []LibraryField{
			{Key: "title", Shape: TextField, Required: true, Max: 200}, {Key: "year", Shape: NumberField}, line("result", 300),
		}},
		line("website", 200),
		dayOf("valid_until"), // of its qualification
	}, contactFields()...), sourceFields()...)
}

func financeFields() []LibraryField {
	return append([]LibraryField{
		required("name", 120),
		wanted(line("org", 120)),
		wanted(oneOfWords("kind", FinanceKinds()...)),
		wanted(long("summary")),
		wanted(listOf("for")),
		line("purpose", 300),
		wanted(LibraryField{Key: "limit", Shape: NumberField, Unit: "万元"}),
		wanted(LibraryField{Key: "term_months", Shape: NumberField, Unit: "个月"}),
		wanted(line("rate", 200)),
		line("guarantee", 300),
		line("risk_share", 200),
		wanted(listOf("conditions")),
		{Key: "rules", Shape: RulesField},
		listOf("materials"),
		{Key: "regions", Shape: RegionsField},
		someOfWords("chains", Chains()...),
		someOfWords("stages", Stages()...),
		{Key: "trl_min", Shape: LevelField},
		{Key: "trl_max", Shape: LevelField},
		wanted(line("contact", 200)), // of the institution
		dayOf("valid_until"),
	}, sourceFields()...)
}

func organisationFields() []LibraryField {
	return append([]LibraryField{
		required("name", 120),
		wanted(LibraryField{Key: "uscc", Shape: USCCField}),
		{Key: "aliases", Shape: TextsField, Max: 120},
		wanted(oneOfWords("kind", "企业", "高校", "科研院所", "医院", "金融机构", "服务机构", "政府部门", "其他")),
		someOfWords("tags", "高企", "科技型中小企业", "专精特新", "小巨人", "规上企业", "链主企业"),
		wanted(LibraryField{Key: "region", Shape: RegionField}),
		oneOfWords("chain", Chains()...),
		line("industry", 120),
		line("address", 200),
		line("website", 200),
		long("summary"),
	}, sourceFields()...)
}

// PledgeStates say whether a right is pledged (质押), the free ones first.
func PledgeStates() []string { return []string{"未质押", "已解除", "质押中", "不明"} }

// FinanceKinds are the kinds of finance products.
func FinanceKinds() []string {
	return []string{
		"信用贷", "中试贷", "成果转化贷", "专精特新贷", "知识产权质押", "投贷联动", "种子", "概念验证", "中试基金", "产业基金", "担保", "保险",
	}
}
