package doctor

import "context"

// What opening a workspace already says: the files are proven there.
var (
	settings     = told("settings", "设置 duban.yaml")
	planFiles    = told("plan", "方案和单位")
	calendarFile = told("calendar", "工作日历")
	audiences    = told("audiences", "受众")
	wording      = told("wording", "文字文件")
	key          = told("key", "签名密钥")
	mail         = told("mail", "邮件设置")
	openLedger   = told("ledger", "台账")
)

func told(code, title string) Examination {
	return Examination{Code: code, Title: title,
		Run: func(_ context.Context, c *Case) ([]Symptom, error) { return c.Told[code], nil }}
}
