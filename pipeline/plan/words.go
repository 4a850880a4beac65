package plan

import "strings"

// Pending (目标待定) stands where a target is set elsewhere and not yet known.
const Pending = "目标待定"

// TargetText is the target as a form prints it: the notice's own words, or
// that it is still to be set.
func (ind *Indicator) TargetText() string {
	switch {
	case ind.External && !ind.Target.Known():
		return Pending
	case ind.AsWritten != "":
		return ind.AsWritten
	case ind.Target.Known():
		return ind.Target.String() + ind.Measure
	case ind.Kind == Milestone:
		return "完成"
	}
	return Pending
}

// NameText is the indicator as a form prints it: its name, the objects it
// counts, and what values A and B are.
func (ind *Indicator) NameText() string {
	var s strings.Builder
	s.WriteString(ind.Name)
	if ind.namesMore() {
		s.WriteString("（" + strings.Join(ind.Objects, "、") + "）")
	}
	for i, name := range ind.ValueNames {
		if name != "" {
			s.WriteString("\n" + [2]string{"数值A", "数值B"}[i] + "：" + name)
		}
	}
	return s.String()
}

// namesMore reports whether the name leaves out any of the objects.
func (ind *Indicator) namesMore() bool {
	for _, o := range ind.Objects {
		if !strings.Contains(ind.Name, o) {
			return true
		}
	}
	return false
}
