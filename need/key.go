package need

// Key names a field of the record.
type Key string

// The fields of a need. KeyIndicator stands for the rows of
// indicators where a question or a score speaks of them as one.
const (
	KeyProblem         Key = "problem"
	KeyScene           Key = "scene"
	KeyExpectedGoal    Key = "expected_goal"
	KeyKeyTech         Key = "key_tech"
	KeyFoundation      Key = "foundation"
	KeyRootCause       Key = "root_cause"
	KeyTried           Key = "tried"
	KeyConstraints     Key = "constraints"
	KeyPartnerReq      Key = "partner_req"
	KeyBudget          Key = "budget"
	KeyBudgetToPartner Key = "budget_to_partner"
	KeyDeadline        Key = "deadline"
	KeyCoopMode        Key = "coop_mode"
	KeyIPTerms         Key = "ip_terms"
	KeyConfidentiality Key = "confidentiality"
	KeyNeedType        Key = "need_type"
	KeyChain           Key = "chain"
	KeyRegion          Key = "region"
	KeyDecisionOwner   Key = "decision_owner"
	KeyIndicator       Key = "indicator"
)

// The keys that only suggestions have.
const (
	KeyCluster  Key = "cluster"
	KeyKeywords Key = "keywords"         // separated by "、"
	KeySummary  Key = "summary"          // in the contact's words, a line each
	KeyAbstract Key = "problem_abstract" // the problem without its trade
)

// TermKey is the key of the suggestion which standard term the name of a row of
// indicators stands for; the name itself stays in the contact's words.
func TermKey(row string) Key { return KeyIndicator + Key(":"+row) }

// Shape says which part of Value a field uses.
type Shape int

// The shapes of fields.
const (
	Text  Shape = iota // statements that are read together
	List               // statements that stand alone
	Code               // one of a code list
	Cash               // Money
	Date               // Deadline
	Table              // rows of indicators
)

// Keys are all fields in the order in which people read them.
func Keys() []Key {
	return []Key{
		KeyProblem, KeyScene, KeyIndicator, KeyExpectedGoal, KeyKeyTech, KeyRootCause, KeyTried,
		KeyFoundation, KeyConstraints, KeyPartnerReq, KeyDeadline, KeyBudget, KeyBudgetToPartner,
		KeyCoopMode, KeyIPTerms, KeyConfidentiality, KeyDecisionOwner, KeyNeedType, KeyChain, KeyRegion,
	}
}

// Known reports whether k is a field of the record.
func (k Key) Known() bool {
	for _, known := range Keys() {
		if k == known {
			return true
		}
	}
	return false
}

// Shape returns the shape of the field.
func (k Key) Shape() Shape {
	switch k {
	case KeyTried, KeyConstraints, KeyPartnerReq:
		return List
	case KeyBudget, KeyBudgetToPartner:
		return Cash
	case KeyDeadline:
		return Date
	case KeyCoopMode, KeyIPTerms, KeyConfidentiality, KeyNeedType, KeyChain, KeyRegion:
		return Code
	case KeyIndicator:
		return Table
	default:
		return Text
	}
}

// FieldStatus is how far a field, or a row of indicators, has come.
type FieldStatus string

// The statuses of a field.
const (
	Missing     FieldStatus = "missing"
	Vague       FieldStatus = "vague"
	Filled      FieldStatus = "filled"
	Confirmed   FieldStatus = "confirmed"
	Conflicting FieldStatus = "conflict"
	Declined    FieldStatus = "declined"  // the contact will not say: never ask again
	Unknown     FieldStatus = "unknown"   // the contact does not know
	Delegated   FieldStatus = "delegated" // somebody else knows; see Field.To
)

// Source is where a value comes from.
type Source string

// The sources of values.
const (
	FromContact  Source = "contact"
	FromBroker   Source = "broker"
	FromDocument Source = "document"
	Inferred     Source = "inferred"
)
