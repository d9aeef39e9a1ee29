package rag

import "tanxu/need"

// FactName is how people speak of a fact that a rule may name.
type FactName struct {
	Name string // of a flag: the statement
	No   string // the statement that a flag is not so
	Unit string
}

// NameFact returns the name of a fact in a language.
func NameFact(f need.Fact, lang string) FactName {
	w := wordsOf(f)
	return FactName{pick(lang, w.name, w.nameEN), pick(lang, w.no, w.noEN), pick(lang, w.unit, w.unitEN)}
}
