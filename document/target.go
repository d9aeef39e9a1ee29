package document

import "tanxu/need"

// Target is what a column or label means: the key of a field of a need
// ("problem", "indicator" …), or one of those below.
type Target string

// Targets that are no fields of a need.
const (
	Title    Target = "title"
	FreeText Target = "text"     // speaks of any field
	Number   Target = "number"   // 序号, 编号
	Ignore   Target = "ignore"   // of no meaning for needs; kept all the same
	OrgName  Target = "org_name" // the organisation; contact data stands apart
	OrgUSCC  Target = "uscc"
	OrgType  Target = "org_type"
	OrgTags  Target = "org_tags"
	Profile  Target = "org_profile"
	Address  Target = "address"
	Industry Target = "industry"
	Keywords Target = "keywords"

	ContactName  Target = "contact_name"
	ContactRole  Target = "contact_role"
	ContactPhone Target = "contact_phone"
	ContactEmail Target = "contact_email"
	ContactOther Target = "contact_other" // fax, WeChat …

	// Parts of a row of indicators where each has a column of its own.
	RowName      Target = "indicator_name"
	RowCurrent   Target = "indicator_current"
	RowGoal      Target = "indicator_target"
	RowUnit      Target = "indicator_unit"
	RowCondition Target = "indicator_condition"
)

// Field returns the field of a need that t is, "" if it is none.
func (t Target) Field() need.Key {
	if k := need.Key(t); k.Known() {
		return k
	}
	return ""
}

// Contact reports whether t is data of a person: it never leaves the centre.
func (t Target) Contact() bool {
	switch t {
	case ContactName, ContactRole, ContactPhone, ContactEmail, ContactOther:
		return true
	}
	return false
}

// party reports whether t is about the organisation or its contact.
func (t Target) party() bool {
	switch t {
	case OrgName, OrgUSCC, OrgType, OrgTags, Profile, Address, Industry, Target(need.KeyRegion), Target(need.KeyChain):
		return true
	}
	return t.Contact()
}

// fact reports whether t has a meaning of its own, beside the need.
func (t Target) fact() bool {
	return t == Number || t == Keywords || t.party() && t.Field() == ""
}

// told reports whether t says what is needed.
func told(t Target) bool {
	switch t {
	case Title, FreeText, RowName, Target(need.KeyProblem), Target(need.KeyIndicator), Target(need.KeyKeyTech), Target(need.KeyExpectedGoal), Target(need.KeyScene):
		return true
	}
	return false
}
