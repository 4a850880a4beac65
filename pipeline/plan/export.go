package plan

import (
	"bytes"
	"encoding/json"
)

// The shapes of the exported document; the order of their fields is the order
// of its keys.
type (
	exportPlan struct {
		Version string       `json:"version"`
		Title   string       `json:"title"`
		Issued  string       `json:"issued"`
		Units   []exportUnit `json:"units"`
		Items   []exportItem `json:"items"`
	}
	exportUnit struct {
		Code    string   `json:"code"`
		Name    string   `json:"name"`
		Aliases []string `json:"aliases"`
	}
	exportItem struct {
		ID         string            `json:"id"`
		Sort       Sort              `json:"sort"`
		Field      string            `json:"field"`
		Title      string            `json:"title"`
		Leads      []string          `json:"leads"`
		Text       string            `json:"text"`
		Indicators []exportIndicator `json:"indicators"`
	}
	exportIndicator struct {
		ID         string         `json:"id"`
		Name       string         `json:"name"`
		Quote      string         `json:"quote"`
		Kind       Kind           `json:"kind"`
		Measure    string         `json:"measure"`
		Comparator Comparator     `json:"comparator"`
		Target     *json.Number   `json:"target"`
		AsWritten  string         `json:"target_as_written"`
		Due        string         `json:"due"`
		Strength   Strength       `json:"strength"`
		Reporters  []string       `json:"reporters"`
		Frequency  Frequency      `json:"frequency"`
		Baseline   *json.Number   `json:"baseline"`
		External   bool           `json:"external"`
		Note       string         `json:"note"`
		From       string         `json:"from"`
		Phases     []exportPhase  `json:"phases"`
		Holds      bool           `json:"holds"`
		Quarterly  bool           `json:"quarterly"`
		Objects    []string       `json:"objects"`
		ValueNames []string       `json:"value_names"`
		SameAs     []string       `json:"same_as"`
		PartOf     string         `json:"part_of"`
		Shared     bool           `json:"shared"`
		Scale      string         `json:"scale"`
		Closed     *exportClosure `json:"closed"`
	}
	exportPhase struct {
		Month  string       `json:"month"`
		Target *json.Number `json:"target"`
	}
	exportClosure struct {
		Month    string `json:"month"`
		Document string `json:"document"`
	}
)

// Export is the plan as one JSON document: numbers in base units, null where
// there is none; months as 2025-12; units by their codes.
func (p *Plan) Export() ([]byte, error) {
	doc := exportPlan{Version: p.Version, Title: p.Title, Issued: p.Issued.String(),
		Units: []exportUnit{}, Items: []exportItem{}}
	for _, u := range p.Units {
		doc.Units = append(doc.Units, exportUnit{u.Code, u.Name, present(u.Aliases)})
	}
	for _, it := range p.Items {
		e := exportItem{ID: it.ID, Sort: it.Sort, Field: it.Field, Title: it.Title,
			Leads: codes(it.Leads), Text: it.Text, Indicators: []exportIndicator{}}
		for _, ind := range it.Indicators {
			e.Indicators = append(e.Indicators, ind.export())
		}
		doc.Items = append(doc.Items, e)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(doc); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func (ind *Indicator) export() exportIndicator {
	e := exportIndicator{ID: ind.ID, Name: ind.Name, Quote: ind.Quote, Kind: ind.Kind,
		Measure: ind.Measure, Comparator: ind.Comparator, Target: number(ind.Target),
		AsWritten: ind.AsWritten, Due: ind.Due.String(), Strength: ind.Strength,
		Reporters: codes(ind.Reporters), Frequency: ind.Frequency,
		Baseline: number(ind.Baseline), External: ind.External, Note: ind.Note,
		From: ind.From.String(), Phases: []exportPhase{}, Holds: ind.Holds,
		Quarterly: ind.Quarterly, Objects: present(ind.Objects), ValueNames: []string{},
		SameAs: present(ind.SameAs), PartOf: ind.PartOf, Shared: ind.Shared, Scale: ind.Scale}
	for _, ph := range ind.Phases {
		e.Phases = append(e.Phases, exportPhase{ph.Month.String(), number(ph.Target)})
	}
	if ind.ValueNames != [2]string{} {
		e.ValueNames = ind.ValueNames[:]
	}
	if c := ind.Closed; c != nil {
		e.Closed = &exportClosure{c.Month.String(), c.Document}
	}
	return e
}

// number is nil for an unknown value, never zero.
func number(v Value) *json.Number {
	if !v.Known() {
		return nil
	}
	n := json.Number(v.String())
	return &n
}

func codes(units []*Unit) []string {
	all := make([]string, len(units))
	for i, u := range units {
		all[i] = u.Code
	}
	return all
}

// present is an empty list where there is none, so that it is not null.
func present(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
