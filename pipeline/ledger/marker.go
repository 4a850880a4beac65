package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

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
}

const markerForm = "duban ledger %s\nsubmissions %d\n"

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
		_, err = fmt.Sscanf(string(b), markerForm, &m.id, &m.sequence)
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

func (m marker) text() string { return fmt.Sprintf(markerForm, m.id, m.sequence) }

// write puts the marker beside the database, whole or not at all.
func (m marker) write(database string) error {
	return durable.Write(markerPath(database), []byte(m.text()), 0o644)
}

// against holds the marker against what the database says of itself.
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
			Fix: "请恢复更新的台账备份（连同同名的 -wal 文件）；没有更新的备份时，" +
				"先备份现有文件，再从存档重建台账。"}
	}
	return nil
}

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
	if l.sequence <= l.marked.sequence && !always {
		return nil
	}
	m := marker{l.marked.id, max(l.sequence, l.marked.sequence)}
	if err := m.write(l.path); err != nil {
		return err
	}
	l.marked = m
	return nil
}

// came notes how far a committed transaction brought the ledger. A marker that
// cannot be written lags behind, harmlessly, and is tried again the next time.
func (l *Ledger) came(sequence int64) {
	l.marking.Lock()
	l.sequence = max(l.sequence, sequence)
	l.marking.Unlock()
	_ = l.mark(false)
}
