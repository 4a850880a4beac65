package pdf

import (
	"math"
	"strings"
	"unicode"
)

// titleMost is how many characters a title may have to be weighed line by line;
// a longer one is a text and is broken like one.
const titleMost = 100

// titlePitch is from line to line of a title, titleEm the box of a character.
const (
	titlePitch = 12.7
	titleEm    = size2 * mmPerPoint
)

// title sets a title at y: centred, its lines in a trapezium or a lozenge, its
// words whole. It returns the foot of the last line.
func (f *flow) title(text string, y float64) float64 {
	lines := f.s.titleLines(clean(text), f.frame.width())
	for i, l := range lines {
		f.centre(l, y+float64(i)*titlePitch+ascent*titleEm, black)
	}
	if len(lines) == 0 {
		return y
	}
	f.fresh = false
	return y + float64(len(lines)-1)*titlePitch + titleEm
}

// titleLines breaks a title; where the text itself has line ends, they stay.
func (s *setter) titleLines(text string, width float64) []line {
	var out []line
	for part := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		gs := s.shape(span{strings.TrimSpace(part), style{biaoSong, size2, 0}})
		if len(gs) == 0 {
			continue
		}
		ends := titleEnds(gs, width-2*titleEm)
		if ends == nil {
			out = append(out, fill(gs, width, width)...)
			continue
		}
		from := 0
		for _, to := range ends {
			out = append(out, line{glyphs: gs[from:to]})
			from = to
		}
	}
	return out
}

// titleEnds chooses where the lines of a title end: few lines and a good shape;
// nil when words must be cut.
func titleEnds(gs []glyph, width float64) []int {
	if len(gs) > titleMost {
		return nil
	}
	rs := make([]rune, len(gs))
	for i, g := range gs {
		rs[i] = g.r
	}
	costs := titleCosts(rs)
	least := max(int(math.Ceil(widthOf(gs)/(width+2*titleEm))), 1)
	best, lowest := []int(nil), math.Inf(1)
	for n := least; n <= least+2; n++ {
		room := width
		if n == 1 {
			room += 2 * titleEm
		}
		ends, cost := bestEnds(gs, costs, room, n)
		if cost += 6 * float64(n-least); cost < lowest {
			best, lowest = ends, cost
		}
	}
	return best
}

// bestEnds tries all ways to part gs into n lines.
func bestEnds(gs []glyph, costs []float64, room float64, n int) ([]int, float64) {
	best, least := []int(nil), math.Inf(1)
	var widths []float64
	var ends []int
	var try func(from int, cost float64)
	try = func(from int, cost float64) {
		if len(ends) == n-1 {
			w := widthOf(gs[from:])
			if w > room {
				return
			}
			if c := cost + shapeCost(append(widths, w)); c < least {
				least = c
				best = append(append([]int(nil), ends...), len(gs))
			}
			return
		}
		for to := from + 1; to < len(gs); to++ {
			w := widthOf(gs[from:to])
			if w > room {
				return
			}
			if math.IsInf(costs[to], 1) {
				continue
			}
			widths, ends = append(widths, w), append(ends, to)
			try(to, cost+costs[to])
			widths, ends = widths[:len(widths)-1], ends[:len(ends)-1]
		}
	}
	try(0, 0)
	return best, least
}

// shapeCost is 0 for a trapezium or a lozenge with steps of two or so
// characters; a brick, an hourglass and a lonely short line cost.
func shapeCost(widths []float64) float64 {
	cost, turns, last := 0.0, 0, 0.0
	for i := 1; i < len(widths); i++ {
		step := (widths[i] - widths[i-1]) / titleEm
		if math.Abs(step) < 1 {
			cost += 3
		}
		if math.Abs(step) > 4 {
			cost += float64((math.Abs(step) - 4) * 1.5) // rounded: no processor fuses it
		}
		if last < 0 && step > 0 {
			cost += 20 // an hourglass
		}
		if last*step < 0 {
			turns++
		}
		last = step
	}
	return cost + float64(max(turns-1, 0))*8
}

// titleCosts tells what it costs to end a line before each character.
func titleCosts(rs []rune) []float64 {
	may := breaks(rs)
	costs := make([]float64, len(rs))
	for i := 1; i < len(rs); i++ {
		a, z := rs[i-1], rs[i]
		switch {
		case !may[i], strings.ContainsRune("的了", z):
			costs[i] = math.Inf(1)
		case strings.ContainsRune("和与及暨", a), strings.ContainsRune("第", a):
			costs[i] = 6
		case strings.ContainsRune("的、》）", a):
			costs[i] = 1
		case strings.ContainsRune("和与及暨《（", z):
			costs[i] = 1
		case unicode.Is(unicode.Han, a) && unicode.Is(unicode.Han, z):
			costs[i] = 4 // perhaps inside a word
		}
	}
	words(rs, costs)
	return costs
}

// words forbids an end inside a known word and favours one beside it.
func words(rs []rune, costs []float64) {
	const most = 6
	for i := 0; i < len(rs); {
		n := 0
		for k := min(most, len(rs)-i); k >= 2 && n == 0; k-- {
			if titleWords[string(rs[i:i+k])] {
				n = k
			}
		}
		if n == 0 {
			i++
			continue
		}
		for j := i + 1; j < i+n; j++ {
			costs[j] = math.Inf(1)
		}
		for _, j := range []int{i, i + n} {
			if j > 0 && j < len(rs) && costs[j] == 4 {
				costs[j] = 2
			}
		}
		if string(rs[i:i+n]) == "关于" && i+n < len(rs) {
			costs[i+n] = math.Inf(1)
		}
		i += n
	}
}

// titleWords is words of official titles.
var titleWords = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`关于 印发 转发 批转 开展 加强 进一步 做好 推进 落实 贯彻 实施 组织 召开
		保障 改善 民生 改善民生 民生实事 重点 任务 工作 情况 进展 通报 通知 报告 请示 决定 意见 办法 规定 方案 计划 要点 措施
		实施方案 实施意见 行动 三年 全面 振兴 新突破 突破 建设 发展 改革 创新 服务 管理 监督 督查 督办 检查
		考核 评估 整改 调度 专项 综合 年度 季度 上半年 下半年 全年 第一 第二 第三 第四 人民 政府 人民政府 区委
		办公室 办公厅 委员会 街道 社区 农村 城乡 城镇 城市 居民 群众 就业 教育 医疗 卫生 健康 养老 住房 社会
		保险 救助 文化 体育 交通 出行 安全 环境 生态 食品 药品 公共 基础 设施 项目 实事 事项 清单 目标 责任
		单位 部门 企业 市场 经济 产业 投资 财政 资金 质量 水平 能力 体系 机制 制度 法治 信息 数据 平台 应急 防控
		完成 推动 促进 提升 提高 强化 深化 规范 调整 成立 领导 小组 会议 纪要 专报 公报 公告 指标 台账
		报送 滞后 先进 典型 经验 做法 问题 清零 征求 修订 试行 暂行 补充 更正 批复 复函 督查考核 附件 一览 各单位
		进展情况 推进情况 完成情况 报送情况 工作情况 重点任务 重点工作`) {
		m[w] = true
	}
	return m
}()
