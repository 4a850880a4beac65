package pipeline

import (
	"path/filepath"

	"duban/pipeline/doctor"
)

// onOwnDisk refuses to take anything where the ledger lies behind a network: its
// lock and its write-ahead log are not safe there, and what is lost is lost for good.
func (w *Workspace) onOwnDisk() error {
	look := w.disk
	if look == nil {
		look = doctor.FileSystem
	}
	state, err := filepath.Abs(w.path("state"))
	if err != nil {
		return err
	}
	name, remote := look(state)
	if !remote {
		return nil
	}
	return &UserError{What: "台账所在的 " + state + " 在网络盘（" + name + "）上，断网、断电时台账会损坏，没有收件",
		Fix: "用 duban backup 备份到本机磁盘，再用 duban restore 恢复到本机磁盘上的新目录，在那里使用。" +
			"收件、发件文件夹要给别的电脑用的，可以从本机共享出去。"}
}
