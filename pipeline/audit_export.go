package pipeline

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"duban/pipeline/digest"
	"duban/pipeline/digest/xlsx"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// auditHeads are the columns of an export, and how wide they stand in a book.
var auditHeads = []digest.SheetColumn{
	{Head: "环号", Width: 8, Align: digest.Centre}, {Head: "类别", Width: 12},
	{Head: "编号", Width: 8, Align: digest.Centre}, {Head: "时间", Width: 20},
	{Head: "经办", Width: 20}, {Head: "事项", Width: 22}, {Head: "内容", Width: 50},
	{Head: "文号", Width: 22}, {Head: "文件SHA-256", Width: 68}, {Head: "本环哈希", Width: 68},
}

// ExportAudit writes the log for auditors: what came in, was decided and went
// out, in the order of the chain, with its hashes; from one day to another, both
// included, the zero day being any. It gives how many records it wrote.
func (w *Workspace) ExportAudit(ctx context.Context, from, to plan.Date, file string) (int, error) {
	records, err := w.Ledger.Records(ctx)
	if err != nil {
		return 0, err
	}
	proof, err := w.Ledger.VerifyChain(ctx)
	if err != nil {
		return 0, err
	}
	note := fmt.Sprintf("导出时台账哈希链共%d环，核验无误，链末%s。", proof.Links, proof.Head)
	if n := len(proof.Breaks); n > 0 {
		note = fmt.Sprintf("导出时台账哈希链共%d环，核验发现%d处问题，须用 duban verify 查明。", proof.Links, n)
	}
	var rows [][]string
	for _, r := range records {
		if between(r.At, from, to) {
			rows = append(rows, w.auditRow(r))
		}
	}
	var b []byte
	switch strings.ToLower(filepath.Ext(file)) {
	case ".csv":
		b, err = auditCSV(rows, note)
	case ".xlsx":
		b, err = w.auditBook(rows, note)
	default:
		return 0, &UserError{What: "不能写成 " + file + " 这种文件", Fix: "文件名以 .xlsx 或 .csv 结尾。"}
	}
	if err != nil {
		return 0, err
	}
	return len(rows), put(outFile(file, b))
}

// between reports whether a stored moment is of those days. What has none, for
// its row is gone, is in every export.
func between(at string, from, to plan.Date) bool {
	t, err := time.Parse(time.RFC3339Nano, at)
	if err != nil {
		return true
	}
	day := plan.DateOf(t).String()
	return (from.String() == "" || day >= from.String()) && (to.String() == "" || day <= to.String())
}

func (w *Workspace) auditRow(r ledger.Record) []string {
	at := r.At
	if t, err := time.Parse(time.RFC3339Nano, at); err == nil {
		at = t.Format("2006-01-02 15:04:05")
	}
	detail := plan.Mask(r.Detail)
	if r.At == "" {
		detail = "（记录已不在台账中）"
	}
	words := strings.Fields(r.What)
	for i, x := range words {
		if u := w.Plan.Unit(x); u != nil {
			words[i] = u.Name
		}
	}
	return []string{fmt.Sprint(r.Seq), tables[r.Table], fmt.Sprint(r.Row), at,
		plan.Mask(w.unitName(r.Who)), strings.Join(words, " "), detail, r.Document, r.SHA256, r.Link}
}

// auditCSV is the export for spreadsheets: with a byte order mark, and a quote
// before what they would take for a formula.
func auditCSV(rows [][]string, note string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	heads := make([]string, len(auditHeads))
	for i, h := range auditHeads {
		heads[i] = h.Head
	}
	for _, row := range append([][]string{{note}, heads}, rows...) {
		safe := make([]string, len(row))
		for i, s := range row {
			safe[i] = harmless(s)
		}
		if err := out.Write(safe); err != nil {
			return nil, err
		}
	}
	out.Flush()
	return b.Bytes(), out.Error()
}

// harmless is a text that no spreadsheet takes for a formula.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@＝＋－＠\t\r\n|%", []rune(s)[0]) {
		return "'" + s
	}
	return s
}

func (w *Workspace) auditBook(rows [][]string, note string) ([]byte, error) {
	s := digest.Sheet{Name: "审计导出", Title: "操作记录和收发登记（按入账先后）", Notes: []string{note},
		Columns: auditHeads}
	for _, row := range rows {
		var data []digest.Datum
		for _, text := range row {
			data = append(data, digest.Datum{Text: text})
		}
		s.Rows = append(s.Rows, data)
	}
	return xlsx.Write(&digest.Book{Title: s.Title, Created: w.Now().Unix(), Author: w.Config.Office,
		Sheets: []digest.Sheet{s}})
}
