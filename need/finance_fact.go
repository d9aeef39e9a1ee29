package need

// Fact names something that may be known about an enterprise, its need and the
// achievement that it wants to use. Finance products set conditions on facts.
type Fact string

// The facts, by their shape. What nobody has said is not known, never false.
const (
	FactYears      Fact = "established_years"
	FactRevenue    Fact = "revenue"     // 万元, last year
	FactResearch   Fact = "rd_spending" // 万元, last year
	FactEmployees  Fact = "employees"
	FactPatents    Fact = "patents_valid" // invention patents in force
	FactUnpledged  Fact = "patents_free"  // of these, not pledged
	FactAmount     Fact = "amount"        // 万元, wanted
	FactTermMonths Fact = "term_months"   // wanted
	FactTRL        Fact = "trl"
	FactDay        Fact = "day" // of the asking, as 20260518; set by the service alone

	FactRegion    Fact = "region" // GB/T 2260
	FactChain     Fact = "chain"
	FactStage     Fact = "stage"
	FactApplicant Fact = "applicant"

	FactTags     Fact = "tags"     // titles that the state gives, such as 高企
	FactContract Fact = "contract" // kinds of technical contracts that are signed

	FactRegistered  Fact = "contract_registered"
	FactRDRecorded  Fact = "rd_recorded"
	FactCredit      Fact = "credit_clean"
	FactPenaltyFree Fact = "penalty_free"
	FactSite        Fact = "pilot_site"
	FactOrder       Fact = "anchor_order"
	FactRetrofit    Fact = "retrofit_filed"
	FactInvested    Fact = "fund_invested"
	FactRights      Fact = "rights_clear"
	FactPartner     Fact = "partner"
	FactLabData     Fact = "lab_data"
	FactBatchSales  Fact = "batch_sales"
	FactFirstSet    Fact = "first_set_listed"
	FactProject     Fact = "project_approved"
	FactMeasurable  Fact = "measurable"
	FactApproval    Fact = "approval_held"
	FactBusiness    Fact = "business_clear"
	FactCounter     Fact = "counter_guarantee"
)

// FactShape says what a fact's value is.
type FactShape int

// The shapes of facts.
const (
	NoFact     FactShape = iota
	NumberFact           // a figure, or between two
	CodeFact             // one of a list
	TagsFact             // any of a list, each had or not had
	FlagFact             // yes or no
)

// Facts are all facts that a rule or a caller may name.
func Facts() []Fact {
	return []Fact{
		FactYears, FactRevenue, FactResearch, FactEmployees, FactPatents, FactUnpledged, FactAmount, FactTermMonths, FactTRL,
		FactRegion, FactChain, FactStage, FactApplicant, FactTags, FactContract,
		FactRegistered, FactRDRecorded, FactCredit, FactPenaltyFree, FactSite, FactOrder, FactRetrofit, FactInvested, FactRights,
		FactPartner, FactLabData, FactBatchSales, FactFirstSet, FactProject, FactMeasurable, FactApproval, FactBusiness, FactCounter,
	}
}

// Shape returns what a value of the fact is, NoFact for one that there is not.
func (f Fact) Shape() FactShape {
	switch f {
	case FactYears, FactRevenue, FactResearch, FactEmployees, FactPatents, FactUnpledged, FactAmount, FactTermMonths, FactTRL, FactDay:
		return NumberFact
	case FactRegion, FactChain, FactStage, FactApplicant:
		return CodeFact
	case FactTags, FactContract:
		return TagsFact
	}
	for _, known := range Facts() {
		if f == known {
			return FlagFact
		}
	}
	return NoFact
}

// Words are those that a code or tag may be, nil where a figure or code of
// another kind is meant.
func (f Fact) Words() []string {
	switch f {
	case FactChain:
		return Chains()
	case FactStage:
		return Stages()
	case FactApplicant:
		return []string{"企业", "团队", "高校院所", "中试平台"}
	case FactTags:
		return []string{"高企", "科技型中小企业", "专精特新", "小巨人", "规上企业"}
	case FactContract:
		return []string{"技术开发", "技术转让", "技术许可", "技术咨询", "技术服务"}
	default:
		return nil
	}
}

// FactSource says who a fact is known from.
type FactSource string

// The sources of facts.
const (
	FactOfNeed    FactSource = "need"    // the record says it
	FactOfMatch   FactSource = "match"   // the recommended achievement has it
	FactOfCaller  FactSource = "caller"  // whoever asks says it
	FactOfService FactSource = "service" // it follows from the others, or from the day
)

// FactValue is what is known of one fact; its shape says which part counts.
type FactValue struct {
	Low, High float64         // the figure lies between both; equal if it is known
	Code      string          //
	Tags      map[string]bool // those that are had, and those that are known not to be
	Yes       bool
	From      FactSource
}

// Knowledge is what is known of all facts.
type Knowledge map[Fact]FactValue

// Complete returns k with what follows from it: a stage gives a range of TRL, a
// TRL its stage, a 小巨人 is 专精特新, and who has no patent has none to pledge.
func (k Knowledge) Complete() Knowledge {
	out := make(Knowledge, len(k)+4)
	for f, v := range k {
		out[f] = v
	}
	k.completeStage(out)
	if v, ok := k[FactTags]; ok && v.Tags["小巨人"] {
		if _, said := v.Tags["专精特新"]; !said {
			tags := map[string]bool{"专精特新": true}
			for word, had := range v.Tags {
				tags[word] = had
			}
			out[FactTags] = FactValue{Tags: tags, From: v.From}
		}
	}
	follow := func(f Fact, v FactValue) {
		if _, said := k[f]; !said {
			v.From = FactOfService
			out[f] = v
		}
	}
	if v, ok := k[FactResearch]; ok && v.Low > 0 {
		follow(FactRDRecorded, FactValue{Yes: true})
	}
	if v, ok := k[FactPatents]; ok && v.High == 0 {
		follow(FactUnpledged, FactValue{})
	}
	if v, ok := k[FactUnpledged]; ok && v.Low > 0 {
		follow(FactPatents, FactValue{Low: v.Low, High: mostMoney})
	}
	return out
}

// completeStage follows the levels of docs/library-format.md.
func (k Knowledge) completeStage(out Knowledge) {
	levels := map[string][2]float64{"初期": {1, 4}, "中期": {5, 7}, "成熟应用": {8, 9}}
	stage, hasStage := k[FactStage]
	trl, hasTRL := k[FactTRL]
	switch {
	case hasStage && !hasTRL:
		if r, ok := levels[stage.Code]; ok {
			out[FactTRL] = FactValue{Low: r[0], High: r[1], From: FactOfService}
		}
	case hasTRL && !hasStage:
		for name, r := range levels {
			if trl.Low >= r[0] && trl.High <= r[1] {
				out[FactStage] = FactValue{Code: name, From: FactOfService}
			}
		}
	}
}
