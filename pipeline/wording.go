package pipeline

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"duban/pipeline/assess"
	"duban/pipeline/digest"
	"duban/pipeline/form"
	"duban/pipeline/ledger"
	"duban/pipeline/receipt"
	"duban/pipeline/wording"
	"duban/templates"
)

// text is one text that an office may write anew, in a file of the workspace's
// templates folder.
type text struct {
	name, title string
	own         string // the program's words
	prove       func(string) error
	take        func(*words, string) error // parses it into its place
}

// texts is every one.
var texts = []text{
	{"digest.txt", "通报、专报、函、督办单", templates.Digest, digest.ProveWords,
		func(w *words, s string) (err error) { w.digest, err = digest.ParseWords(s); return }},
	{"sentence.txt", "指标进展的句子和亮灯的依据", templates.Sentence, assess.ProveWords,
		func(w *words, s string) (err error) { w.sentence, err = assess.ParseWords(s); return }},
	{"form.txt", "填报表的标题、提示和填报说明", templates.Form, form.Wording.Prove,
		func(w *words, s string) (err error) { w.form, err = form.Wording.Parse(s); return }},
	{"receipt.txt", "审核回执", templates.Receipt, receipt.Wording.Prove,
		func(w *words, s string) (err error) { w.receipt, err = receipt.Wording.Parse(s); return }},
	{"reminder.txt", "催报通知", templates.Reminder, reminderFile.Prove,
		func(w *words, s string) (err error) { w.reminder, err = reminderFile.Parse(s); return }},
	{"mail.txt", "发出的邮件", templates.Mail, mailFile.Prove,
		func(w *words, s string) (err error) { w.mail, err = mailFile.Parse(s); return }},
}

// words is the wording of a workspace: the office's own, laid over the
// program's.
type words struct {
	digest   *digest.Words
	sentence *assess.Words
	form     *wording.Words
	receipt  *wording.Words
	reminder *wording.Words
	mail     *wording.Words

	text    string    // all the words of the papers, as an edition keeps them
	earlier *sync.Map // such a text of an earlier edition → *digest.Words
}

// readWording reads and proves the texts of a folder. Whatever is wrong with
// any of them is said at once.
func readWording(dir string) (words, error) {
	w := words{earlier: &sync.Map{}}
	var wrong []string
	for _, t := range texts {
		s, _, err := t.read(dir)
		if err != nil {
			return w, err
		}
		err = errors.Join(t.prove(s), t.take(&w, s))
		if faults := faultsOf(err); faults != nil {
			wrong = append(wrong, "文字文件 "+filepath.Join(dir, t.name)+" 有误：\n"+faults.Error())
		} else if err != nil {
			return w, err
		}
	}
	if wrong != nil {
		return w, &UserError{What: strings.Join(wrong, "\n"),
			Fix: "按提示改正，用 duban wording check 再查；把文件移走，就用程序自带的文字。"}
	}
	w.text = w.digest.Text()
	return w, nil
}

func faultsOf(err error) *wording.Error {
	var faults *wording.Error
	errors.As(err, &faults)
	return faults
}

// read is the office's text; "", which changes nothing, where there is none.
func (t text) read(dir string) (s string, own bool, err error) {
	b, err := os.ReadFile(filepath.Join(dir, t.name))
	if errors.Is(err, fs.ErrNotExist) {
		return "", false, nil
	}
	return string(b), err == nil, err
}

// of is the wording an edition was made with. One from before there was any was
// made with the program's own.
func (w words) of(e ledger.Edition) (*digest.Words, error) {
	if e.Wording == w.text {
		return w.digest, nil
	}
	if earlier, ok := w.earlier.Load(e.Wording); ok {
		return earlier.(*digest.Words), nil
	}
	earlier, err := digest.ParseWords(e.Wording)
	if err == nil {
		w.earlier.Store(e.Wording, earlier)
	}
	return earlier, err
}
