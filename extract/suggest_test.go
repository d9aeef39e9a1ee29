package extract_test

import (
	"testing"
	"time"

	"tanxu/extract"
	"tanxu/need"
)

func TestSuggestsLabelsOfTheWholeNeed(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		title, body               string
		chain, cluster, needsType string
	}{
		"a furnace is no food":        {"转炉钢水脱磷", "我们炼钢厂转炉出来的钢水磷含量偏高，米尺量的料层也不稳。", "钢铁", "", ""},
		"microns are no rice":         {"数控机床主轴精度提升", "主轴径向跳动有8微米，要到3微米以内。", "装备制造", "", ""},
		"copper":                      {"铜带导电率", "铜带退火以后强度掉得厉害，导电率只有76%IACS。", "有色金属", "铜基新材料", ""},
		"the cluster of the chain":    {"旋翼无人机抗风", "无人机飞控在大风下悬停不稳，续航只有25分钟。", "航空", "航空", ""},
		"yields are of the process":   {"瓷砖优等率", "辊道窑烧成后瓷砖变形，优等率现在只有88%，要到95%以上。", "建材", "", "工艺改进"},
		"a field is no food":          {"水稻种植病虫害", "田间病虫害防治靠人工，种植户用药太多。", "", "", ""},
		"nothing speaks for anything": {"想合作", "我们有个问题想请老师看看。", "", "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := extract.FromText(extract.NewRules(), tt.title, tt.body, time.Now())
			for k, want := range map[need.Key]string{need.KeyChain: tt.chain, need.KeyCluster: tt.cluster} {
				got := n.Suggested[k]
				if got.Value != want || (want != "") != (got.Why != "") {
					t.Errorf("%s = %+v, want %q", k, got, want)
				}
			}
			if got := n.Suggested[need.KeyNeedType].Value; tt.needsType != "" && got != tt.needsType {
				t.Errorf("type = %q, want %q", got, tt.needsType)
			}
		})
	}
}

func TestSuggestsNothingOutsideTheCodes(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"新能源锂电池电解液", "竹家具防霉", "中药饮片炮制", "机器人减速器", "纱线上浆"} {
		for k, s := range extract.Suggest(&need.Need{Title: text}, "") {
			codes := k.Codes()
			if k == need.KeyCluster {
				codes = need.Clusters()
			}
			known := false
			for _, c := range codes {
				known = known || c == s.Value
			}
			if !known {
				t.Errorf("%s: %s = %q is no code", text, k, s.Value)
			}
		}
	}
}
