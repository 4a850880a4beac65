package pipeline

import (
	"context"
	"fmt"
	"strings"

	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// chain has the ledger work out its chain anew, and words what it finds.
func (v *verification) chain(ctx context.Context) error {
	p, err := v.Ledger.VerifyChain(ctx)
	if err != nil {
		return err
	}
	v.proof.Links, v.proof.Head = p.Links, p.Head
	for _, b := range p.Breaks {
		v.flaw(Flaw{FlawChain, breakPlace(b), v.breakWords(b)})
	}
	return nil
}

// chainBreaks is what is wrong with the chain, a sentence each.
func (w *Workspace) chainBreaks(ctx context.Context) ([]string, error) {
	v := w.verification()
	err := v.chain(ctx)
	var all []string
	for _, f := range v.proof.Flaws {
		all = append(all, strings.TrimRight(f.What, "。"))
	}
	return all, err
}

// tables are the words for the tables of the ledger, and what its rows are.
var tables = map[string]string{
	"deliveries": "收件登记", "submissions": "报送件", "runs": "重跑登记", "readings": "审核记录",
	"figures": "数据", "findings": "审核问题", "explanations": "情况说明", "decisions": "核实决定",
	"extensions": "延期", "waivers": "豁免", "editions": "通报", "report": "通报内容",
	"numbers": "发文字号", "edition_figures": "通报所列数据", "edition_units": "通报所列单位",
	"papers": "通报文件", "audit": "操作记录", "wordings": "通报用语",
}

// breakPlace is where the break is, for a program.
func breakPlace(b ledger.Break) string {
	place := fmt.Sprintf("%s/%d", b.Table, b.Row)
	if b.Part != "" && b.Part != b.Table {
		place += "/" + b.Part + "/" + b.Label
	}
	if b.Table == "" {
		place = "chain"
	}
	if b.Seq != 0 {
		place += fmt.Sprintf("#%d", b.Seq)
	}
	return place
}

// breakWords is a break in a sentence.
func (v *verification) breakWords(b ledger.Break) string {
	row := fmt.Sprintf("第%d条%s", b.Row, tables[b.Table])
	label := v.labelled(b.Label)
	if b.Part == "" || b.Part == b.Table {
		row += label
	}
	what := row
	if b.Part != "" && b.Part != b.Table {
		what = fmt.Sprintf("%s的%s%s", row, tables[b.Part], label)
	}
	link := fmt.Sprintf("（哈希链第%d环）", b.Seq)
	switch b.What {
	case ledger.BreakChanged:
		return what + "入账后被改动" + link + "。"
	case ledger.BreakRemoved:
		return what + "入账后被删去" + link + "。"
	case ledger.BreakAdded:
		return what + "是入账后添进去的" + link + "。"
	case ledger.BreakMoved:
		return fmt.Sprintf("第%d条%s的位置上现在是原第%d条的内容%s，顺序被调换%s。", b.Row,
			tables[b.Table], b.Other, label, link)
	case ledger.BreakSorted:
		return row + "所含各项的顺序被调换" + link + "。"
	case ledger.BreakUnlinked:
		return row + "不是由程序入账的，哈希链中没有它。"
	case ledger.BreakCurrent:
		return row + "不是该报送件最近一次的审核，却被当作有效（或相反）。"
	case ledger.BreakStanding:
		return row + "：采用哪一个数被改动，与报送件的先后不符。"
	case ledger.BreakWording:
		return "通报用语" + label + "存入后被改动。"
	}
	return chainWords(b, row)
}

// chainWords is a break of the chain itself.
func chainWords(b ledger.Break, row string) string {
	switch b.What {
	case ledger.BreakGap:
		return fmt.Sprintf("哈希链第%d环之前缺了环，有记录被整条删去。", b.Seq)
	case ledger.BreakLink:
		return fmt.Sprintf("哈希链第%d环（%s）与上一环接不上，链被改动过。", b.Seq, row)
	case ledger.BreakOrder:
		return fmt.Sprintf("哈希链第%d环（%s）的先后与记录的编号不符，顺序被调换。", b.Seq, row)
	case ledger.BreakTail:
		return fmt.Sprintf("哈希链到第%d环为止，而标记文件记着已到第%d环：最后的%d条记录被删去。",
			b.Row, b.Seq, b.Seq-b.Row)
	}
	return fmt.Sprintf("哈希链第%d环与标记文件所记的不同：此前的链被整个改写过。", b.Seq)
}

// labelled is what a row is about, with the names of units and indicators: a
// label begins with them.
func (v *verification) labelled(label string) string {
	words := strings.Fields(label)
	for i, word := range words {
		if u := v.Plan.Unit(word); u != nil && u.Code == word {
			words[i] = u.Name
		} else if m, err := plan.ParseMonth(word); err == nil && m != 0 {
			words[i] = m.Chinese()
		} else if ind := v.Plan.Indicator(word); ind != nil {
			words[i] = word + ind.Name
		}
	}
	if len(words) == 0 {
		return ""
	}
	return "（" + plan.Mask(strings.Join(words, " ")) + "）"
}
