// Duban (督办) supervises a government plan: it issues the forms, takes them
// back, checks and merges them, and writes the digests.
//
// This package is the command line and nothing else: one file a subcommand,
// each of which calls one stage of package pipeline and prints what it says.
//
// Exit statuses, stable:
//
//	0  done
//	1  a fault of ours, or of the machine: disk, permission, ledger
//	2  the call was wrong: a flag, a name, a month, a plan, settings or
//	   wording file
//	3  done, but something was returned to its sender, is held or found wanting
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"duban/pipeline"
	"duban/pipeline/plan"
)

func main() {
	pipeline.SpendMemory()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(status(newRoot().ExecuteContext(ctx)))
}

// errReturned ends a command that did its work, but see status 3.
var errReturned = errors.New("returned to its sender")

// errUnreachable ends a command that told which server cannot be reached.
var errUnreachable = errors.New("a server cannot be reached")

// status prints an error as the user should read it and gives its exit status.
func status(err error) int {
	var (
		user  *pipeline.UserError
		files *plan.FilesError
		call  *callError
	)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errReturned):
		return 3
	case errors.Is(err, errUnreachable):
		return 1
	case errors.As(err, &user), errors.As(err, &files), errors.As(err, &call):
		fmt.Fprintln(errorsTo, "duban："+pipeline.InWords(err))
		return 2
	}
	fmt.Fprintln(errorsTo, "duban：没有做成："+pipeline.InWords(err))
	return 1
}
