package interview

import (
	"slices"
	"strings"

	"tanxu/extract"
	"tanxu/need"
)

// The quick replies of consent.
const (
	choiceConsent = "consent.yes"
	choiceRefuse  = "consent.no"
)

// consent answers messages that come before the contact agreed, and returns
// those that came with or after the agreement: only they may be read.
func (t *turn) consent(messages []Message) []Message {
	said := false
	for i, m := range messages {
		switch t.wants(m) {
		case choiceConsent:
			t.emit(need.Event{Kind: need.Consented, By: need.Contact, Message: m.ID})
			t.phase(PhaseInterviewing)
			followUp := t.takeUp()
			if len(messages) == i+1 && !followUp {
				t.greet()
			}
			t.first = !followUp
			return messages[i+1:]
		case choiceRefuse:
			t.tell("consent_refused")
			t.quiet = true
			return nil
		case "":
			said = said || !m.Start
		default:
			t.tell(t.wants(m))
		}
	}
	text := t.text("consent")
	if said {
		text = t.text("consent_again") + "\n\n" + text
	}
	t.say = append(t.say, Say{Text: text, AI: true, Choices: []Choice{
		{ID: choiceConsent, Label: t.text("consent_yes")}, {ID: choiceRefuse, Label: t.text("consent_no")},
	}})
	t.quiet = true
	return nil
}

// wants reads a message before consent: an answer to it, the key of a text that
// answers a question about it, or "" for everything else.
func (t *turn) wants(m Message) string {
	if m.Choice == choiceConsent || m.Choice == choiceRefuse {
		return m.Choice
	}
	words := line(bare(m.Text))
	if len([]rune(words)) > 12 {
		return ""
	}
	intents := t.read.Read(m.Text, extract.Context{Ref: ref(m.ID), Now: t.now}).Intents
	switch {
	case words == "同意" || slices.Contains([]string{"i agree", "agree", "agreed"}, strings.ToLower(words)):
		return choiceConsent
	case words == "不同意" || strings.ToLower(words) == "i do not agree":
		return choiceRefuse
	case slices.Contains(intents, extract.Privacy):
		return "privacy"
	case slices.Contains(intents, extract.English):
		t.emit(need.Event{Kind: need.LanguageSet, Note: "en", By: need.Contact})
	case slices.Contains(intents, extract.Chinese):
		t.emit(need.Event{Kind: need.LanguageSet, Note: "zh", By: need.Contact})
	case slices.Contains(intents, extract.Yes):
		return choiceConsent
	case slices.Contains(intents, extract.No):
		return choiceRefuse
	}
	return ""
}

// greet says what is to come and asks the first question.
func (t *turn) greet() {
	f := t.guide.Field(need.KeyProblem)
	t.emit(need.Event{Kind: need.Asked, Keys: []need.Key{need.KeyProblem}, Note: "problem.ask"})
	t.say = append(t.say, Say{
		Text: t.text("greeting") + "\n" + f.Ask.In(t.lang()), Asks: []need.Key{need.KeyProblem}, AI: true,
	})
	t.quiet = true
}
