package doctor

import "testing"

func TestHowAFolderIsMountedIsRead(t *testing.T) {
	if kind := mounted("/proc"); kind != "proc" {
		t.Errorf("/proc is taken for %q", kind)
	}
	if kind := mounted("/none"); kind != "FUSE" {
		t.Errorf("what is not there is taken for %q", kind)
	}
}
