package extract

import "regexp"

// tag finds markup that pretends to come from the system.
var tag = regexp.MustCompile(`(?i)<[a-z\p{Han}]{2,14}>[^<]{0,300}</[^>]{1,16}>|<(?:admin|system|sys|prompt|instruction)[^>]*>[^<]*|【[^】]{0,8}(?:系统|后台|管理员|指令)[^】]{0,8}】`)

// pretends finds a sentence that pretends to come from the system.
var pretends = regexp.MustCompile(`^\s*(?:系统|管理员|后台|开发者|审核员)(?:提示|指令|消息)?[：:][^。]{0,20}(?:通过|审核|标记|登记|忽略|执行|打分|推荐)`)

// speaksToModel reports whether a sentence speaks to the machine and not to us.
func speaksToModel(s string) bool {
	return pretends.MatchString(s) || containsAny(s,
		"忽略以上", "忽略之前", "忽略上面", "无视以上", "忘记以上", "系统提示词", "提示词原文", "你的提示词", "system prompt", "System prompt", "开发者模式", "免审", "越狱",
		"ignore previous", "ignore all previous", "ignore the above", "Ignore previous", "Ignore all", "disregard", "developer mode", "you are now", "你现在是一个没有限制", "并标记已确认", "并直接通过", "并通过审核", "assistant:", "system:")
}

// hideInjections blanks what speaks to the machine, so that no value is read
// from it; offsets stay. It reports whether there was any.
func (t *text) hideInjections() bool {
	s := string(t.runes)
	var hidden []span
	for _, m := range tag.FindAllStringIndex(s, -1) {
		start := len([]rune(s[:m[0]]))
		hidden = append(hidden, span{start, start + len([]rune(s[m[0]:m[1]]))})
	}
	for _, sentence := range t.sentences() {
		if speaksToModel(t.str(sentence)) {
			hidden = append(hidden, sentence)
		}
	}
	if len(hidden) == 0 {
		return false
	}
	t.before = append([]rune(nil), t.runes...)
	for _, h := range hidden {
		for i := h.start; i < h.end; i++ {
			t.runes[i] = ' '
		}
	}
	return true
}
