package pipeline

import (
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"strings"
)

// readKey reads the key that forms are signed with.
func readKey(path string) ([]byte, error) {
	lost := &UserError{
		What: "签名密钥 " + path + " 丢失或损坏",
		Fix:  "从备份恢复该文件；已下发的填报表要靠它核对真伪。",
	}
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, lost
	}
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(b)))
	if err != nil || len(key) < 32 {
		return nil, lost
	}
	return key, nil
}
