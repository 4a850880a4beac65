package pdf

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLinesMayEndHere marks every place where a line may end with |.
func TestLinesMayEndHere(t *testing.T) {
	for _, want := range []string{
		"民|生，|改|善。|",
		"完|成|1.2万人|，|占|目|标|的|53.3%|，",
		"总|投|资|3,456.78万元|。",
		"面|积|300㎡|以|上|",
		"于|2024年|3月|8日|前|",
		"每|千|人|口|≥8.4张|床|",
		"提|高|至|-5.2%|以|下|",
		"低|于|21.7个百分点|；",
		"第3批，|第12次|",
		"（振|政|发|〔2024〕3号）|后|",
		"《方|案》|（以|下|简|称|",
		"“零|就|业|家|庭”|动|态|",
		"元|——|位|居|",
		"等|……",
		"使|用|WPS|或|Excel|填|报|",
		"同|意,|2024年|起,|现|印|发|",
		"1.名|称|",
		"3—5岁，|2023～2025年|",
		"电|话|：|0415-1234567|",
		"阿|凡·|提|",
		"情|况|见|附件2|。|",
	} {
		text := strings.ReplaceAll(want, "|", "")
		got := marked([]rune(text))
		if d := cmp.Diff(tidy(want), got); d != "" {
			t.Errorf("%s", d)
		}
	}
}

// tidy drops the marks at the end and before marks that never begin a line.
func tidy(s string) string {
	for _, r := range neverFirst {
		s = strings.ReplaceAll(s, "|"+string(r), string(r))
	}
	return strings.TrimRight(s, "|")
}

func marked(rs []rune) string {
	var b strings.Builder
	for i, may := range breaks(rs) {
		if may {
			b.WriteByte('|')
		}
		b.WriteRune(rs[i])
	}
	return b.String()
}

// TestFillKeepsEveryCharacter breaks texts of all sorts into lines of all widths.
func TestFillKeepsEveryCharacter(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	alphabet := []rune("民生保障和改善，。、；：（）《》“”—…·％ 0123456789.,%abcXYZ/-〔〕①≥㎡")
	for range 3000 {
		var gs []glyph
		var text strings.Builder
		for range rng.IntN(90) {
			r := alphabet[rng.IntN(len(alphabet))]
			w := 5.6
			if r < 0x80 {
				w = 2.8
			}
			gs = append(gs, glyph{r: r, width: w})
			text.WriteString(string(r))
		}
		room := 6 + rng.Float64()*150
		var got strings.Builder
		for _, l := range fill(gs, room-3, room) {
			if len(l.glyphs) > 1 && widthOf(l.glyphs) > room+slack {
				t.Fatalf("a line of %.2f in %.2f: %s", widthOf(l.glyphs), room, text.String())
			}
			for _, g := range l.glyphs {
				got.WriteString(string(g.r))
			}
		}
		if unspaced(got.String()) != unspaced(text.String()) {
			t.Fatalf("%q became %q", text.String(), got.String())
		}
	}
}
