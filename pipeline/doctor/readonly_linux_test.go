package doctor_test

import (
	"slices"
	"syscall"
	"testing"
)

func TestAFolderThatCannotBeWrittenIsFound(t *testing.T) {
	p := healthyWorkspace(t)
	dir := p.path("outbox/forms")
	if err := syscall.Mount(dir, dir, "", syscall.MS_BIND, ""); err != nil {
		t.Skip("only root may mount: ", err)
	}
	defer syscall.Unmount(dir, 0)
	err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_BIND|syscall.MS_RDONLY, "")
	if err != nil {
		t.Skip("no read-only mount here: ", err)
	}
	if got := told(p.examine().Symptoms); !slices.Equal(got, []string{"writable"}) {
		t.Errorf("%q", got)
	}
}
