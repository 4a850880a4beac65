package templates

import _ "embed"

// Systemd is a unit, and Windows the commands, that keep the daemon running.
var (
	//go:embed systemd.txt
	Systemd string
	//go:embed windows.txt
	Windows string
)
