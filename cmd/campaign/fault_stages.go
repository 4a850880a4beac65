//go:build linux

package main

import (
	"encoding/json"
	"strings"
	"time"
)

// stages are the words of the log for the way of a form; a kill just behind each is a
// kill between two of its effects.
var stages = []string{"claimed", "read", "judged", "taken", "settled", "answered"}

// atStage calls do at the n-th time that a form comes through a stage.
func atStage(stage string, n int, do func()) func(string) {
	return func(line string) {
		var said struct{ Msg, Stage string }
		if !strings.Contains(line, stage) || json.Unmarshal([]byte(line), &said) != nil ||
			said.Msg != "stage" || said.Stage != stage {
			return
		}
		if n--; n == 0 {
			do()
		}
	}
}

// killAtStages kills the daemon when a form has come through a stage, or a moment later,
// and once more at the same stage of what it finds on its next start.
var killAtStages = fault{name: "kill-at-stages", do: func(t *trial) {
	t.furnish()
	for round, mine := range chunks(t.batchOf(t.pick(40, 300)), t.pick(14, 8)) {
		t.rounds++
		stage := stages[round%len(stages)]
		for _, p := range mine {
			t.drop(p)
		}
		for again := range 2 {
			t.killAt(stage, 1+t.random.IntN(3)*(1-again), t.soon())
			t.stillConserved()
		}
		t.drain(t.start())
	}
}}

// killAt starts a daemon and kills it at the n-th form that comes through a stage, or some
// time later; one that finds too little to do is killed after two seconds.
func (t *trial) killAt(stage string, n int, late time.Duration) {
	reached := make(chan struct{}, 1)
	d := t.launch(atStage(stage, n, func() { reached <- struct{}{} }))
	select {
	case <-reached:
		time.Sleep(late)
	case <-time.After(2 * time.Second):
	}
	t.kill(d)
}

// soon is at once or up to 30 ms later.
func (t *trial) soon() time.Duration {
	return time.Duration(t.random.IntN(3)) * 15 * time.Millisecond
}
