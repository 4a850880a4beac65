package plan_test

import (
	"testing"

	"duban/pipeline/plan"
)

// The numbers are invented: their check digits are right, nobody has them.
func TestMaskHidesPersonalNumbersAndNothingElse(t *testing.T) {
	for _, x := range []struct{ text, want string }{
		{"", ""},
		{"王某210602199003071230已就业", "王某210602********1230已就业"},
		{"21060219900307129X", "210602********129X"},
		{"身份证21060219900307129x。", "身份证210602********129x。"},
		{"２１０６０２１９９００３０７１２３０", "２１０６０２********１２３０"},
		{"210602 19900307 1230", "210602 ******** 1230"},
		{"210602199003071239", "210602199003071239"}, // its check digit is wrong
		{"张三_13800138000_表", "张三_138****8000_表"},
		{"row_13800138000", "row_13800138000"}, // a name in a program
		{"联系人13800138000，", "联系人138****8000，"},
		{"138-0013-8000", "138-****-8000"},
		{"+86 138 0013 8000", "+86 138 **** 8000"},
		{"8613800138000", "86138****8000"},
		{"１３８００１３８０００", "１３８****８０００"},
		{"卡号6222021234567890128", "卡号622202*********0128"},
		{"6222 0212 3456 7890 128", "6222 02** **** ***0 128"},
		{"210602199003071230、13800138000", "210602********1230、138****8000"},
		{"21060219900307123013800138000", "210602********1230138****8000"},
		// What is no person's.
		{"投资13800138000元", "投资13800138000元"},
		{"6222021234567890128元", "6222021234567890128元"},
		{"2025-03-31 12000 6400", "2025-03-31 12000 6400"},
		{"a13800138000b", "a13800138000b"},
		{"0.13800138000", "0.13800138000"},
		{"振政督〔2025〕3号", "振政督〔2025〕3号"},
		{"23800138000", "23800138000"},
		{"1234567890123456789", "1234567890123456789"},
		{"210602********1230", "210602********1230"},
	} {
		got := plan.Mask(x.text)
		if got != x.want {
			t.Errorf("Mask(%q) = %q, want %q", x.text, got, x.want)
		}
		if again := plan.Mask(got); again != got {
			t.Errorf("masked twice, %q became %q", got, again)
		}
		if len([]rune(got)) != len([]rune(x.text)) {
			t.Errorf("%q changed its length: %q", x.text, got)
		}
	}
}

func TestPersonalNamesWhatATextHolds(t *testing.T) {
	got := plan.Personal("210602199003071230、13800138000、6222021234567890128")
	want := []plan.PersonalKind{plan.IdentityNumber, plan.MobileNumber, plan.CardNumber}
	if len(got) != len(want) || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("got %v, want %v", got, want)
	}
}

func FuzzMaskLeavesNothingPersonal(f *testing.F) {
	f.Add("王某210602199003071230 138 0013 8000")
	f.Add("6222 0212 3456 7890 128")
	f.Fuzz(func(t *testing.T, s string) {
		masked := plan.Mask(s)
		if left := plan.Personal(masked); len(left) > 0 {
			t.Errorf("%q still holds %v: %q", s, left, masked)
		}
	})
}
