package rag

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"tanxu/need"
)

// achievementLine is one line of a file of achievements.
type achievementLine struct {
	Code       string            `json:"code"`
	Title      string            `json:"title"`
	Summary    string            `json:"summary"`
	Indicators string            `json:"indicators"`
	Chain      string            `json:"chain"`
	Stage      string            `json:"stage"`
	TRL        int               `json:"trl"`
	Owner      string            `json:"owner_org"`
	Region     string            `json:"region"`
	Keywords   []string          `json:"keywords"`
	Shared     *bool             `json:"shared"`
	Detail     achievementDetail `json:"detail"`
}

type achievementDetail struct {
	People   []string   `json:"people,omitempty"`
	IP       []property `json:"ip,omitempty"`
	Transfer []string   `json:"transfer,omitempty"`
	Price    string     `json:"price,omitempty"`
	Pilot    string     `json:"pilot,omitempty"`
	Form     string     `json:"form,omitempty"`
	Updated  string     `json:"updated,omitempty"`
}

// property is one intellectual property right.
type property struct {
	Kind   string `json:"kind"`
	Number string `json:"number,omitempty"`
	Status string `json:"status,omitempty"`
	Pledge string `json:"pledge,omitempty"` // one of need.PledgeStates
}

func (l achievementLine) check() error {
	pledge := slices.ContainsFunc(l.Detail.IP, func(p property) bool { return p.Pledge != "" && !slices.Contains(need.PledgeStates(), p.Pledge) })
	nameless := slices.ContainsFunc(l.Detail.IP, func(p property) bool { return p.Kind == "" })
	return first(
		length("code", l.Code, 1, 64), length("title", l.Title, 1, 120), length("summary", l.Summary, 20, 3000),
		length("indicators", l.Indicators, 0, 3000), length("owner_org", l.Owner, 0, 120),
		oneOf("chain", l.Chain, need.Chains()), oneOf("stage", l.Stage, need.Stages()), level("trl", l.TRL),
		regionCode(l.Region), keywords(l.Keywords), rule{!nameless, "detail.ip needs a kind"}, rule{!pledge, "detail.ip.pledge is none of the states"},
		oneOf("detail.form", l.Detail.Form, []string{"新技术", "新工艺", "新产品", "新材料", "新装备", "新品种", "软件"}),
		dateOf("detail.updated", l.Detail.Updated),
	)
}

func (l achievementLine) achievement(centre need.CentrePath) need.Achievement {
	return need.Achievement{
		Centre: centre, Code: l.Code, Title: strings.TrimSpace(l.Title), Summary: strings.TrimSpace(l.Summary),
		Indicators: strings.TrimSpace(l.Indicators), Chain: l.Chain, Stage: l.Stage, TRL: l.TRL, Owner: l.Owner, Region: l.Region,
		Keywords: l.Keywords, Shared: l.Shared == nil || *l.Shared, Detail: encoded(l.Detail),
	}
}

// expertLine is one line of a file of experts.
type expertLine struct {
	Code     string       `json:"code"`
	Name     string       `json:"name"`
	Title    string       `json:"title"`
	Org      string       `json:"org"`
	Region   string       `json:"region"`
	Chain    string       `json:"chain"`
	Summary  string       `json:"summary"`
	Keywords []string     `json:"keywords"`
	Shared   *bool        `json:"shared"`
	Detail   expertDetail `json:"detail"`
}

type expertDetail struct {
	Projects  []project `json:"projects,omitempty"`
	Equipment []string  `json:"equipment,omitempty"`
	Modes     []string  `json:"modes,omitempty"`
}

// project is something an expert did for a firm.
type project struct {
	Title  string `json:"title"`
	Year   int    `json:"year,omitempty"`
	Result string `json:"result,omitempty"`
}

func (l expertLine) check() error {
	untitled := slices.ContainsFunc(l.Detail.Projects, func(p project) bool { return p.Title == "" })
	return first(
		length("code", l.Code, 1, 64), length("name", l.Name, 1, 60), length("title", l.Title, 0, 60), length("org", l.Org, 0, 120),
		length("summary", l.Summary, 0, 3000), oneOf("chain", l.Chain, need.Chains()), regionCode(l.Region), keywords(l.Keywords),
		rule{!untitled, "detail.projects needs a title"},
	)
}

func (l expertLine) expert(centre need.CentrePath) need.Expert {
	return need.Expert{
		Centre: centre, Code: l.Code, Name: l.Name, Title: l.Title, Org: l.Org, Region: l.Region, Chain: l.Chain,
		Summary: strings.TrimSpace(l.Summary), Keywords: l.Keywords, Shared: l.Shared == nil || *l.Shared, Detail: encoded(l.Detail),
	}
}

// financeLine is one line of a file of finance products.
type financeLine struct {
	Code    string        `json:"code"`
	Name    string        `json:"name"`
	Org     string        `json:"org"`
	Kind    string        `json:"kind"`
	Summary string        `json:"summary"`
	Shared  *bool         `json:"shared"`
	Detail  financeDetail `json:"detail"`
}

type financeDetail struct {
	For        []string `json:"for,omitempty"`
	Conditions []string `json:"conditions,omitempty"`
	Purpose    string   `json:"purpose,omitempty"`
	Rate       string   `json:"rate,omitempty"`
	Guarantee  string   `json:"guarantee,omitempty"`
	RiskShare  string   `json:"risk_share,omitempty"`
	Contact    string   `json:"contact,omitempty"`
	Limit      float64  `json:"limit,omitempty"` // 万元
	TermMonths int      `json:"term_months,omitempty"`
	Regions    []string `json:"regions,omitempty"`
	Chains     []string `json:"chains,omitempty"`
	Stages     []string `json:"stages,omitempty"`
	TRLMin     int      `json:"trl_min,omitempty"`
	TRLMax     int      `json:"trl_max,omitempty"`
	ValidUntil string   `json:"valid_until,omitempty"`

	Rules []ruleLine `json:"rules,omitempty"` // the conditions as data
}

// financeKinds are the kinds of finance products (docs/library-format.md).
func financeKinds() []string {
	return []string{
		"信用贷", "中试贷", "成果转化贷", "专精特新贷", "知识产权质押", "投贷联动", "种子", "概念验证", "中试基金", "产业基金", "担保", "保险",
	}
}

func (l financeLine) check() error {
	demands := []rule{
		length("code", l.Code, 1, 64), length("name", l.Name, 1, 120), length("org", l.Org, 0, 120), length("summary", l.Summary, 0, 3000),
		oneOf("kind", l.Kind, financeKinds()), level("detail.trl_min", l.Detail.TRLMin), level("detail.trl_max", l.Detail.TRLMax),
		dateOf("detail.valid_until", l.Detail.ValidUntil),
		{l.Detail.Limit >= 0 && l.Detail.TermMonths >= 0, "detail.limit and detail.term_months cannot be negative"},
	}
	for _, code := range l.Detail.Regions {
		demands = append(demands, regionCode(code))
	}
	for _, chain := range l.Detail.Chains {
		demands = append(demands, oneOf("detail.chains", chain, need.Chains()))
	}
	for _, stage := range l.Detail.Stages {
		demands = append(demands, oneOf("detail.stages", stage, need.Stages()))
	}
	if err := first(demands...); err != nil {
		return err
	}
	_, err := rules(l.Detail.Rules)
	return err
}

func (l financeLine) product(centre need.CentrePath) need.FinanceProduct {
	return need.FinanceProduct{
		Centre: centre, Code: l.Code, Name: l.Name, Org: l.Org, Kind: l.Kind, Summary: strings.TrimSpace(l.Summary),
		Shared: l.Shared == nil || *l.Shared, Detail: encoded(l.Detail),
	}
}

// encoded writes a detail as the JSON object that is stored.
func encoded(detail any) json.RawMessage {
	data, err := json.Marshal(detail)
	if err != nil {
		panic(fmt.Sprintf("rag: a detail of texts and numbers does not encode: %v", err)) // cannot happen: no type here can fail
	}
	return data
}
