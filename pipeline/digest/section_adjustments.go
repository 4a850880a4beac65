package digest

// Adjustment is a change of the plan that takes effect in the month.
type Adjustment struct {
	What          string // 目标调整, 新增指标, 取消, …
	ID, Name      string
	Unit          string   // who reports it now; who did, where it was dropped
	Units         []string // codes of all it touches
	Before, After string   // "" for none
	From          string   // 2025-07
	Document      string   // 文号
	Why           string
}

// adjustments lists what of the plan (计划调整) is otherwise from this month on.
func adjustments(c *composer) []Block {
	if len(c.Adjustments) == 0 {
		return nil
	}
	t := Table{
		Caption: c.say("adjustments.caption", none{}),
		Columns: c.columns("adjustments.columns", left(0.11), left(0.20), left(0.14),
			left(0.13), left(0.13), left(0.14), left(0.15)),
	}
	for _, x := range c.Adjustments {
		t.Rows = append(t.Rows, texts(x.What, x.Name, dash(x.Unit), dash(x.Before), dash(x.After),
			x.Document, x.Why))
	}
	return []Block{Paragraph{c.say("adjustments", numberItems{len(c.Adjustments)})}, t}
}
