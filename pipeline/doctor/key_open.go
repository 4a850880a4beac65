package doctor

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
)

// keyOpen asks that nobody else can read the key: who has it can sign forms.
var keyOpen = Examination{Code: "key-open", Title: "签名密钥的权限",
	Run: func(_ context.Context, c *Case) ([]Symptom, error) {
		path := filepath.Join(c.Dir, "state", "key")
		info, err := os.Stat(path)
		if err != nil || runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0 {
			return nil, nil // a lost key is told by key
		}
		return []Symptom{{Severity: Warning, What: "签名密钥别人也能读，得到它就能伪造填报表的凭证",
			Where: c.place(path), Fix: "运行 chmod 600 " + path + "。"}}, nil
	}}
