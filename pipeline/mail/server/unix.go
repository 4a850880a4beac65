//go:build unix

package server

import (
	"os/exec"
	"syscall"
)

// ownGroup lets a server have a group of its own, which ends with it.
func ownGroup(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func endGroup(c *exec.Cmd) { syscall.Kill(-c.Process.Pid, syscall.SIGTERM) }
