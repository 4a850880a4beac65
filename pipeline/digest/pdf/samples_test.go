package pdf

import (
	"os"
	"path/filepath"
	"testing"

	"duban/pipeline/digest"
)

// samples is a paper of every form, for the eye and for what all must keep.
func samples() map[string]*digest.Paper {
	return map[string]*digest.Paper{
		"notice": sample(), "letter": sampleLetter(), "brief": sampleBrief(),
	}
}

// sampleLetter is a 督办单.
func sampleLetter() *digest.Paper {
	return &digest.Paper{
		Form: "信函", Mark: "丹东市振兴区人民政府督查室", Number: "振政督函〔2025〕12号",
		Title: "关于督办老旧小区改造等2项滞后事项的函", Recipient: "区住房城乡建设局",
		Body: []digest.Block{
			digest.Paragraph{Text: "对照《2025年度振兴区保障和改善民生实施方案》，截至2025年3月底，" +
				"你单位牵头的事项有2项低于序时进度。现将有关情况函告如下。"},
			digest.Heading{Level: 1, Text: "一、滞后事项"},
			sampleLagging(),
			digest.Heading{Level: 1, Text: "二、办理要求"},
			digest.Paragraph{Text: "请查明原因、明确措施和完成时限，于2025年4月15日前书面报区政府督查室。"},
		},
		Organ: "丹东市振兴区人民政府督查室", Date: "2025年4月8日", Sealed: true,
		CopyTo: "区委办公室，区政府办公室", Printer: "不印", PrintedOn: "不印", Copies: 9,
		Author: "丹东市振兴区人民政府督查室", Subject: "督办单", Created: 1744070400,
	}
}

// sampleBrief is a 专报.
func sampleBrief() *digest.Paper {
	return &digest.Paper{
		Form: "专报", Mark: "民生督查专报", Number: "第3期",
		Title: "2025年一季度民生实事推进情况",
		Body: []digest.Block{
			digest.Paragraph{Text: "一季度31项重点任务中，27项达到序时进度，2项滞后，2项未报。"},
			digest.Heading{Level: 1, Text: "一、总体情况"}, sampleBars(),
			digest.Heading{Level: 1, Text: "二、滞后事项"}, sampleLagging(),
			digest.Paragraph{Text: "建议召开专题调度会，逐项研究。"},
		},
		Organ: "丹东市振兴区人民政府督查室", Date: "2025年4月8日",
		CopyTo: "区委、区政府主要领导，区委、区政府分管领导", Copies: 30,
		Printer: "丹东市振兴区人民政府督查室", PrintedOn: "2025年4月8日",
		Author: "丹东市振兴区人民政府督查室", Subject: "专报", Created: 1744070400,
	}
}

// TestSamplesAreWrittenForTheEye writes the samples where a reader can look.
func TestSamplesAreWrittenForTheEye(t *testing.T) {
	f := fontsFor(t)
	dir := os.Getenv("DUBAN_SAMPLE")
	if dir == "" {
		t.Skip("set DUBAN_SAMPLE to a folder to look at the samples")
	}
	for name, p := range samples() {
		r, err := Write(p, f)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+".pdf"), r.Bytes, 0o644); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d pages, missing %q", name, r.Pages, r.Missing)
	}
}
