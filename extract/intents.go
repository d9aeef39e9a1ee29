package extract

import (
	"regexp"
	"strings"
)

// command returns the intent of a text that is a command and nothing else.
func command(s string) (Intent, bool) {
	words := plainText(s)
	if strings.HasPrefix(strings.TrimSpace(s), "/") {
		name, _, _ := strings.Cut(strings.TrimPrefix(words, "/"), " ")
		name, _, _ = strings.Cut(name, "@")
		if intent, ok := slash(name, words); ok {
			return intent, true
		}
	}
	intent, ok := spoken(words)
	return intent, ok
}

func slash(name, words string) (Intent, bool) {
	switch name {
	case "start":
		return Greeting, true
	case "help":
		return Help, true
	case "human", "agent":
		return Human, true
	case "status":
		return Status, true
	case "skip":
		return Skip, true
	case "privacy":
		return Privacy, true
	case "cancel", "stop", "pause":
		return Pause, true
	case "resume", "continue":
		return Resume, true
	case "finish", "done", "submit":
		return Finish, true
	case "mydata", "my_data", "export":
		return MyData, true
	case "erase", "delete", "forget":
		return Erase, true
	case "lang":
		if strings.Contains(words, "en") {
			return English, true
		}
		return Chinese, true
	default:
		return "", false
	}
}

// spoken returns the intent of a bare command in words.
func spoken(words string) (Intent, bool) {
	switch words {
	case "转人工", "人工", "找人工", "人工客服", "转人工客服", "我要人工", "我想找人", "换个真人", "human", "talk to a person", "human please", "agent":
		return Human, true
	case "暂停", "停一下", "先暂停", "先停一下", "pause", "stop":
		return Pause, true
	case "继续", "继续吧", "继续聊", "接着聊", "接着来", "我们继续", "先继续", "恢复", "resume", "continue":
		return Resume, true
	case "跳过", "跳过吧", "下一题", "下一个", "这题跳过", "先跳过", "skip", "skip it", "next", "pass":
		return Skip, true
	case "我的数据", "查看我的数据", "导出我的数据", "my data", "export my data":
		return MyData, true
	case "删除我的数据", "删除数据", "清除我的数据", "把我的数据删掉", "delete my data", "erase my data":
		return Erase, true
	case "帮助", "怎么用", "使用帮助", "帮助一下", "help":
		return Help, true
	case "进度", "到哪了", "status":
		return Status, true
	case "隐私", "隐私说明", "隐私政策", "privacy":
		return Privacy, true
	case "英文", "说英文", "切换英文", "english", "in english":
		return English, true
	case "中文", "说中文", "切换中文", "chinese", "in chinese":
		return Chinese, true
	case "结束", "提交", "提交吧", "就这样提交", "完成", "finish", "submit", "done", "that's all":
		return Finish, true
	default:
		return "", false
	}
}

// intents finds what a longer text wants, apart from values. Intents that a
// whole message has to mean (yes, no, greeting) are looked for in short ones only.
func intents(s string, c Context) []Intent {
	words := plainText(s)
	length := len([]rune(words))
	var out []Intent
	add := func(i Intent, is bool) {
		if is {
			out = append(out, i)
		}
	}
	add(Human, containsAny(words, "转人工", "找个真人", "跟真人", "和真人", "人工来", "speak to a human", "talk to a human", "real person"))
	add(Finish, finishes(words))
	add(GoOn, goesOn(words))
	add(NewNeed, startsNeed(words))
	add(Skip, length <= 10 && containsAny(words, "跳过", "下一题", "skip"))
	if length <= 10 {
		add(Yes, confirms(words))
		add(No, denies(words))
	}
	add(Greeting, length <= 14 && greets(words))
	add(Chitchat, length <= 16 && containsAny(words, "谢谢", "辛苦了", "哈哈", "天气", "吃了吗", "thanks", "thank you", "在不在", "在吗"))
	add(AskBot, asks(s, words, c))
	return out
}

func finishes(words string) bool {
	return containsAny(words, "先到这", "就到这", "到此为止", "我还有会", "我要开会", "没时间了", "先这样吧", "就这样吧", "就按这些提交", "不聊了", "不想说了", "算了不说了", "不说了吧", "不弄了", "我得走了", "要登机了", "下次再说", "改天再聊", "不用再问", "别再问了", "没空了", "i have to go", "that's all", "let's stop", "no more time")
}

func goesOn(words string) bool {
	switch words {
	case "嗯", "嗯嗯", "好", "好的", "行", "ok", "okay", "你问", "你问吧", "接着问", "问吧", "然后呢", "go on", "go ahead":
		return true
	}
	return urges.MatchString(words) || containsAny(words, "你接着问", "接着问吧", "你继续问", "继续问吧", "你问吧", "go on asking")
}

// urges finds words that only want us to go on: 嗯嗯，你说.
var urges = regexp.MustCompile(`^(?:嗯|哦|好的?|行|那|请|，|,| )*(?:你|您)(?:继续|接着|往下|先|请)*(?:问|说|讲)吧?$`)

func startsNeed(words string) bool {
	return containsAny(words, "还有一件事", "还有一个需求", "还有个需求", "另外一个需求", "另一个需求", "还有一个问题要解决", "第二个需求", "另外还有一个难题", "再报一个", "两个需求", "another need", "second need", "one more need")
}

func confirms(words string) bool {
	for _, w := range []string{"对", "是", "好", "可以", "没错", "没问题", "确认", "同意", "正确", "就这样", "准确", "行", "嗯", "yes", "ok", "correct", "right", "sure", "agree", "confirm", "i agree", "y"} {
		if strings.HasPrefix(words, w) && !strings.HasPrefix(words, "对不") && !strings.HasPrefix(words, "对了") && !strings.HasPrefix(words, "是不") && !strings.HasPrefix(words, "不") && !containsAny(words, "不对", "不是", "但", "可是", "不过", "改", "错") {
			return true
		}
	}
	return words == "不用改" || words == "没有要改的" || words == "都对"
}

func denies(words string) bool {
	switch words {
	case "不", "不是", "不对", "不行", "不可以", "否", "没有", "不同意", "不要", "不用", "no", "n", "nope", "not agree", "i don't agree", "i do not agree", "disagree", "错", "错了", "有错", "不准":
		return true
	}
	return strings.HasPrefix(words, "不同意") || strings.HasPrefix(words, "不对")
}

func greets(words string) bool {
	for _, w := range []string{"你好", "您好", "哈喽", "嗨", "喂", "老师好", "早上好", "下午好", "晚上好", "在吗", "在不在", "有人吗", "hello", "hi", "hey", "good morning"} {
		if strings.HasPrefix(words, w) {
			return true
		}
	}
	return false
}

// asks reports whether the text is a question to us. A question that names no
// one (这个怎么破？) belongs to the need.
func asks(s, words string, c Context) bool {
	question := strings.ContainsAny(s, "?？") || strings.HasSuffix(words, "吗") || strings.HasSuffix(words, "呢")
	if !question || len(c.Asked) > 0 && len([]rune(words)) > 40 {
		return false
	}
	return containsAny(words, "谁看", "谁能看", "谁会看", "存哪", "存在哪", "保密吗", "收费吗", "要钱吗", "多久有结果", "你是谁", "你是机器人", "真人吗", "你们是", "你们能", "你们会", "怎么登记", "怎么收费", "为什么问", "为啥问", "问这个干", "什么意思", "什么叫", "还要问", "还有几个问题", "要多久", "who are you", "are you a", "how long", "who will see", "why do you", "what do you mean", "is it free")
}

// idle reports whether a free text is small talk with nothing to read.
func idle(s string) bool {
	words := plainText(s)
	return len([]rune(words)) < 4 || greets(words) && len([]rune(words)) <= 6 || goesOn(words)
}
