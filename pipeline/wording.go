package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"duban/pipeline/assess"
	"duban/pipeline/digest"
	"duban/pipeline/ledger"
	"duban/templates"
)

// wording is the texts that an office may write anew: those in the workspace's
// templates folder, and the program's own for the others. They are proven when
// the workspace is opened.
type wording struct {
	text     string // of the papers
	digest   *digest.Words
	sentence *assess.Words

	earlier *sync.Map // text of an earlier wording → *digest.Words
}

func readWording(dir string) (wording, error) {
	w := wording{earlier: &sync.Map{}}
	var err error
	w.text, err = read(dir, "digest.txt", templates.Digest, digest.ProveWords)
	if err != nil {
		return w, err
	}
	if w.digest, err = digest.ParseWords(w.text); err != nil {
		return w, err
	}
	sentence, err := read(dir, "sentence.txt", templates.Sentence, assess.ProveWords)
	if err != nil {
		return w, err
	}
	w.sentence, err = assess.ParseWords(sentence)
	return w, err
}

// read is a text of the folder, proven, or the program's own where there is
// none.
func read(dir, name, own string, prove func(string) error) (string, error) {
	path := filepath.Join(dir, name)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return own, nil
	}
	if err != nil {
		return "", err
	}
	if err := prove(string(b)); err != nil {
		return "", &UserError{What: fmt.Sprintf("文字文件 %s 有误：\n%v", path, err),
			Fix: "按提示改正；把文件移走，就用程序自带的文字。"}
	}
	return string(b), nil
}

// of is the wording an edition was made with.
func (w wording) of(e ledger.Edition) (*digest.Words, error) {
	if e.Wording == "" || e.Wording == w.text {
		return w.digest, nil
	}
	if words, ok := w.earlier.Load(e.Wording); ok {
		return words.(*digest.Words), nil
	}
	words, err := digest.ParseWords(e.Wording)
	if err == nil {
		w.earlier.Store(e.Wording, words)
	}
	return words, err
}
