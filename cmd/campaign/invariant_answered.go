//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"duban/pipeline/sheet"
)

// answered: every delivery has one whole receipt, workbook and text, which says what the
// ledger says; no receipt is for nothing; nothing waits to go out.
var answered = invariant{"receipts", func(t *trial, e *evidence) (string, []string) {
	var faults []string
	texts, decisions := map[string][]string{}, map[string]bool{}
	for _, r := range t.receipts() {
		if strings.Contains(r, "-核实后-") {
			decisions[receiptOf(r)] = true
			continue
		}
		texts[receiptOf(r)] = append(texts[receiptOf(r)], r)
	}
	for _, d := range e.deliveries {
		id := fmt.Sprintf("%05d", d.id)
		if n := len(texts[id]); n != 1 {
			faults = append(faults, fmt.Sprintf("delivery %d (%s) has %d receipts", d.id, d.name, n))
		} else if said := receiptFault(texts[id][0], d); said != "" {
			faults = append(faults, said)
		}
		if decisions[id] != (d.decided && !d.again) {
			faults = append(faults, fmt.Sprintf("delivery %d (%s): decided %v, answered so %v", d.id,
				d.name, d.decided, decisions[id]))
		}
		delete(texts, id)
	}
	for id := range texts {
		faults = append(faults, fmt.Sprintf("receipt %s is for no delivery", id))
	}
	if e.undone > 0 {
		faults = append(faults, fmt.Sprintf("%d rows have not gone out", e.undone))
	}
	return fmt.Sprint(len(e.deliveries)), faults
}}

// receiptOf is the number of the delivery that a receipt's name begins with.
func receiptOf(path string) string {
	id, _, _ := strings.Cut(filepath.Base(path), "-")
	return id
}

// verdicts are how the text of a receipt words the ledger's states.
var verdicts = map[string]string{
	"通过": "审核通过", "部分通过": "部分通过", "有疑问待说明": "但有存疑", "退回": "退回：", "待核实": "待核实：",
}

// receiptFault finds what is wrong with the two files of a receipt.
func receiptFault(text string, d delivery) string {
	said, err := os.ReadFile(text)
	if err != nil {
		return err.Error()
	}
	want := verdicts[d.state]
	if d.again {
		want = "与以前收到的完全相同"
	}
	if !strings.Contains(string(said), want) || !strings.Contains(string(said), "振兴区人民政府督查室　") {
		return fmt.Sprintf("the receipt of delivery %d (%s, %s) is not whole or says otherwise: %s",
			d.id, d.name, d.state, said)
	}
	b, err := os.ReadFile(strings.TrimSuffix(text, ".txt") + ".xlsx")
	if err == nil {
		_, err = sheet.Read(b, sheet.DefaultLimits)
	}
	if err != nil {
		return fmt.Sprintf("the receipt of delivery %d (%s): %v", d.id, d.name, err)
	}
	return ""
}
