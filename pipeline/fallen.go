package pipeline

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"

	"duban/pipeline/doctor"
)

// fallen lists the files over which this version of the program has ended, at
// the counter or as the daemon (see hand.go).
func (w *Workspace) fallen() ([]doctor.Fallen, error) {
	var all []doctor.Fallen
	for _, name := range []string{"state/in-hand.json", "state/in-hand-counter.json"} {
		b, err := os.ReadFile(w.path(name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		var note handNote
		if err == nil {
			err = json.Unmarshal(b, &note)
		}
		if err != nil {
			return all, err
		}
		if note.Program != Version {
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(note.Fell)) {
			all = append(all, doctor.Fallen{Key: key, Times: note.Fell[key],
				Aside: note.Fell[key] >= maxFalls})
		}
	}
	return all, nil
}
