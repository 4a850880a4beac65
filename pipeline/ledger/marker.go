package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"duban/pipeline/durable"
)

// MarkerName is the file beside the database that says which ledger belongs
// there and how far it had come. It is written after the commit it speaks of,
// so it may lag behind the database and is never ahead of it.
const MarkerName = "ledger.id"

// marker is the content of that file.
type marker struct {
	id       string // of the ledger; "" when there is no marker
	sequence int64  // the highest submission that was acknowledged
	head     Head   // of the chain; seq 0: from before there was one
}

const (
	markerForm = "duban ledger %s\nsubmissions %d\n"
	headForm   = "chain %d %s\n"
)

func markerPath(database string) string {
	return filepath.Join(filepath.Dir(database), MarkerName)
}

// readMarker reads the marker of a database; none is the zero marker.
func readMarker(database string) (marker, error) {
	var m marker
	path := markerPath(database)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err == nil {
		form, to := markerForm, []any{&m.id, &m.sequence}
		if strings.Contains(string(b), "\nchain ") {
			form, to = form+headForm, append(to, &m.head.seq, &m.head.link)
		}
		_, err = fmt.Sscanf(string(b), form, to...)
	}
	if err != nil || string(b) != m.text() {
		return marker{}, &Fault{Err: ErrMarker, Cause: err,
			What: "台账标记文件 " + path + " 读不出来，无法确认台账是否完整",
			Fix: "请从备份恢复该文件；如没有备份，请先确认台账中的数据齐全，" +
				"再把该文件改名移走后重新启动，程序会按现有台账重建。",
		}
	}
	return m, nil
}

func (m marker) text() string {
	text := fmt.Sprintf(markerForm, m.id, m.sequence)
	if m.head.seq > 0 {
		text += fmt.Sprintf(headForm, m.head.seq, m.head.link)
	}
	return text
}

// write puts the marker beside the database, whole or not at all.
func (m marker) write(database string) error {
	return durable.Write(markerPath(database), []byte(m.text()), 0o644)
}

// against holds the marker against what the database says of itself: how far it
// has come, and which link of the chain stands where the marker's does.
func (m marker) against(path string, found marker) error {
	switch {
	case m.id == "":
		return nil
	case found.id != m.id:
		return &Fault{Err: ErrForeign,
			What: "台账 " + path + " 不是本工作目录原来的台账（编号不符）",
			Fix:  "请把原来的台账放回，或从备份把台账和 " + MarkerName + " 一起恢复。"}
	case found.sequence < m.sequence:
		return &Fault{Err: ErrRolledBack,
			What: fmt.Sprintf("台账 %s 比标记文件旧：已入账到第%d件，台账中只有%d件，后面的已丢失",
				path, m.sequence, found.sequence),
			Fix: restoreNewer}
	case found.head.seq < m.head.seq:
		return &Fault{Err: ErrRolledBack,
			What: fmt.Sprintf("台账 %s 比标记文件旧：哈希链已到第%d环，台账中只到第%d环，后面的已丢失",
				path, m.head.seq, found.head.seq),
			Fix: restoreNewer}
	case found.head.link != m.head.link:
		return &Fault{Err: ErrRewritten,
			What: fmt.Sprintf("台账 %s 的哈希链在第%d环与标记文件不符，台账在程序之外被改动过",
				path, m.head.seq),
			Fix: "请用 duban verify 查明改动了什么，再从备份恢复台账。"}
	}
	return nil
}

const restoreNewer = "请恢复更新的台账备份（连同同名的 -wal 文件）；没有更新的备份时，" +
	"先备份现有文件，再从存档重建台账。"

// emptied says that there is a marker and no ledger.
func emptied(path string) error {
	return &Fault{Err: ErrEmptied,
		What: "台账 " + path + " 不见了或已被清空，而标记文件 " + MarkerName + " 表明这里原有台账",
		Fix: "请从备份恢复台账文件后再启动；程序不会在这里另建空台账，" +
			"以免把已报送的数据当作没有报过。"}
}

// mark writes the marker when the ledger has come further, or when always.
func (l *Ledger) mark(always bool) error {
	l.marking.Lock()
	defer l.marking.Unlock()
	if l.far == l.marked && !always {
		return nil
	}
	if err := l.far.write(l.path); err != nil {
		return err
	}
	l.marked = l.far
	return nil
}

// came notes how far a committed transaction brought the ledger. A marker that
// cannot be written lags behind, harmlessly, and is tried again the next time.
func (l *Ledger) came(to marker) {
	l.marking.Lock()
	l.far.sequence = max(l.far.sequence, to.sequence)
	if to.head.seq > l.far.head.seq {
		l.far.head = to.head
	}
	l.marking.Unlock()
	_ = l.mark(false)
}
