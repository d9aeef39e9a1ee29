package extract

import (
	"strings"

	"tanxu/need"
)

// suggest guesses the labels that a text does not state: the chain that it
// belongs to and the type of need.
func suggest(s string) map[need.Key]need.Suggestion {
	out := map[need.Key]need.Suggestion{}
	for key, table := range map[need.Key][][2]string{need.KeyChain: chainWords(), need.KeyNeedType: typeWords()} {
		best, why, score := "", "", 0
		for _, row := range table {
			hits := 0
			var said []string
			for w := range strings.FieldsSeq(row[1]) {
				if n := strings.Count(s, w); n > 0 {
					hits += min(n, 2) * len([]rune(w))
					said = append(said, w)
				}
			}
			if hits > score {
				best, why, score = row[0], strings.Join(said, "、"), hits
			}
		}
		if score >= 2 {
			out[key] = need.Suggestion{Value: best, Why: why}
		}
	}
	return out
}

func chainWords() [][2]string {
	return [][2]string{
		{"电子信息", "电子 芯片 电路 半导体 PCB 晶体 谐振器 电感 传感器 软件 算法 物联网 通信 5G 射频 显示 LED 图像识别 大数据 人工智能 以太网 RFID 服务器 手机 摄像 雷达 云平台 封装 数据采集"},
		{"有色金属", "铜 铝合金 铝 钨 稀土 锡 钛 镁 锌 铅 熔炼 冶炼 阳极铜 铜带 铜箔 黄铜 硬质合金 选矿 浮选 电解铜 贵金属 钽铌 锂云母"},
		{"装备制造", "机床 机器人 装备 设备 泵 阀 轴承 齿轮 模具 刀具 焊接 汽车 起重机 钎杆 液压 数控 机械 减速器 电机 发动机 铸造 锻造 自动化 激光加工 检测仪 盾构 掘进"},
		{"新能源", "锂电 锂电池 电池 光伏 电解液 隔膜 正极 负极 储能 燃料电池 风电 逆变器 组件 硅片 PERC 电堆 充电"},
		{"石化化工", "化工 催化剂 树脂 涂料 橡胶 双氧水 氯碱 烧碱 溶剂 合成 精馏 有机硅 农药 染料中间体 塑料 聚合 氨 反应釜 蒽醌 化肥 硫酸"},
		{"建材", "水泥 混凝土 玻璃 陶瓷 砖 石材 板材 加气 石膏 保温材料 耐火 瓷砖 石灰 砂浆 墙板 骨料 防水"},
		{"钢铁", "钢 炼钢 轧制 连铸 盘条 高炉 转炉 板坯 钢渣 冷镦 线材 带钢 LF炉 铁水"},
		{"航空", "航空 飞机 无人机 机翼 通航 直升机 航天 蒙皮 适航 机身"},
		{"食品", "食品 饮料 酱 肉 茶 米 果蔬 杀菌 发酵 皮蛋 蛋 油脂 白酒 辣椒 保鲜 冷链 水产 淀粉"},
		{"纺织服装", "纺织 织物 面料 印染 染色 纱 纤维 无纺 服装 针织 水刺 羽绒 浆纱 布"},
		{"医药", "药 制剂 中药 医疗 缓释片 细胞 临床 原料药 敷贴 疫苗 诊断试剂 医院 注射 片剂 提取物"},
		{"现代家具", "家具 木材 竹材 重组竹 板式 椅 沙发 涂装 封边 实木 胶合板 床垫"},
	}
}

func typeWords() [][2]string {
	return [][2]string{
		{"工艺改进", "工艺 良率 合格率 不良率 成品率 收率 能耗 单耗 降低成本 不稳定 参数 缺陷 开裂 变形 毛刺 焊接 热处理 涂布 铸造 发酵 烧结 轧制 氢化 浇 烘 淬火 翘 渣 残留 批间 连续化"},
		{"产品开发", "新产品 产品开发 研制 开发一种 开发一款 新型产品 样机 平台 系统开发 研发一种 机器人 仪器 配方 软件 开发 产品"},
		{"技术攻关", "攻关 关键技术 核心技术 机理 卡脖子 突破 研究 寿命 强度 性能 耐 脱锌 磨损 损耗 可靠性 技术难题 瓶颈"},
		{"设备改造", "设备改造 改造 自动化 生产线升级 装置改造 技改 自动上料 杀菌机 换设备 机械化 人工"},
		{"成果引进", "成果引进 引进技术 引进成果 成果转化 许可 种质资源"},
		{"检测与标准", "检测方法 检测技术 测量 标准制定 在线检测 测试方法 计量 检测与"},
		{"资源环境", "废水 废气 固废 尾矿 资源化 减排 污泥 粉尘 回收利用 节水 消纳 无害化 土壤 环保"},
	}
}
