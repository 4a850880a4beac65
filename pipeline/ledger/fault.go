package ledger

import (
	"errors"

	"modernc.org/sqlite"
)

// What can be wrong with a ledger; each comes inside a *Fault.
var (
	ErrEmptied    = errors.New("the ledger is gone beside its marker")
	ErrForeign    = errors.New("the database is not this ledger")
	ErrRolledBack = errors.New("the ledger is older than its marker")
	ErrRewritten  = errors.New("the chain of the ledger is not the one that was marked")
	ErrNewer      = errors.New("the ledger was written by a newer program")
	ErrOlder      = errors.New("the ledger was written by an older program")
	ErrDamaged    = errors.New("the ledger is damaged")
	ErrMarker     = errors.New("the marker of the ledger cannot be read")
	ErrBusy       = errors.New("the ledger is held by another program")
	ErrFull       = errors.New("no room on the disk of the ledger")
	ErrUnusable   = errors.New("the ledger cannot be read or written")
	ErrClaim      = errors.New("one claim was used for two files")
	ErrIssueTaken = errors.New("the issue number was given to another form")
	ErrMoved      = errors.New("the ledger has changed since this was computed")
	ErrNoRow      = errors.New("no such row in the ledger")
)

// Fault is an error that an administrator can mend: what is wrong and what to
// do, in Chinese. errors.Is finds the sentinel and the cause in it.
type Fault struct {
	What, Fix string
	Err       error // one of the sentinels above
	Cause     error // what SQLite or the system said; may be nil
}

// Error is what is wrong and, on a line of its own, what to do.
func (f *Fault) Error() string { return f.What + "\n" + f.Fix }

// Unwrap gives the sentinel and the cause.
func (f *Fault) Unwrap() []error {
	if f.Cause == nil {
		return []error{f.Err}
	}
	return []error{f.Err, f.Cause}
}

// Primary result codes of SQLite.
const (
	codeBusy     = 5
	codeLocked   = 6
	codeReadOnly = 8
	codeIO       = 10
	codeCorrupt  = 11
	codeFull     = 13
	codeCantOpen = 14
	codeNotADB   = 26
)

// explain makes a fault of what SQLite says; other errors stay as they are.
func explain(path string, err error) error {
	var said *sqlite.Error
	var known *Fault
	if err == nil || errors.As(err, &known) || !errors.As(err, &said) {
		return err
	}
	f := &Fault{Cause: err}
	switch said.Code() & 0xff {
	case codeBusy, codeLocked:
		f.Err, f.What = ErrBusy, "台账 "+path+" 正被另一个程序占用"
		f.Fix = "请稍候再试；如一直如此，请关闭正在打开该文件的程序。"
	case codeFull:
		f.Err, f.What = ErrFull, "磁盘已满，台账 "+path+" 写不进去；已入账的数据不受影响"
		f.Fix = "请清出磁盘空间，程序会接着处理，不必重新报送。"
	case codeCorrupt, codeNotADB:
		return damaged(path, err)
	case codeReadOnly, codeIO, codeCantOpen:
		f.Err, f.What = ErrUnusable, "台账 "+path+" 无法读写（"+said.Error()+"）"
		f.Fix = "请检查磁盘是否正常、文件夹是否可写、是否在本机磁盘上（不能放在网络共享中）。"
	default:
		return err
	}
	return f
}

func damaged(path string, cause error) error {
	return &Fault{Err: ErrDamaged, Cause: cause,
		What: "台账 " + path + " 已损坏，为防止数据进一步丢失，程序不再打开它",
		Fix: "请先把该文件及同名的 -wal、-shm 文件另存一份，再从最近的备份恢复台账；" +
			"原始报送件仍在存档中，不会丢失。",
	}
}
