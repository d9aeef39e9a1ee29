package interview

import (
	"regexp"
	"slices"
	"unicode/utf8"

	"tanxu/need"
)

// abstract are the words of complaints that could be of any trade: what is left
// without them tells the product, the process or the fault.
var abstract = regexp.MustCompile(`竞争力|档次|附加值|效率|质量|品质|成本|能耗|产量|产能|良率|合格率|成品率|废品率?|次品|精度|速度|稳定性|一致性|损耗|利润|交期|性能|水平|产品|生产|设备|工艺|技术|整体|方面|问题|情况|客户|厂里|车间|公司|我们|咱们|这边|现在|目前|就是|主要|有点|比较|太|很|老是|老|总是|总|一直|想要?|希望|要|能|再|解决|提高|提升|降低|改善|改进|升级|搞|做|弄|上不去|下不来|降下来|提上去|下来|上去|提不上去|跟不上|不稳定|不稳|不行|不好|不高|不够|不达标|差|低|高|降|升|慢|大|多|难|波动|一[点些下]|[的了吧啊呢吗和与及还也都，。、！？,.!? ]`)

// general reports whether words only say that something is low, dear or
// unsteady, and not of what.
func general(words string) bool {
	return utf8.RuneCountInString(abstract.ReplaceAllString(words, "")) <= 1
}

// generalProblem reports whether all that is known of the problem is general.
func generalProblem(n *need.Need) bool {
	items := n.Field(need.KeyProblem).Items
	return len(items) > 0 && !slices.ContainsFunc(items, func(i need.Item) bool { return !general(i.Value.Text) })
}
