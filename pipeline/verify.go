package pipeline

import (
	"context"

	"duban/pipeline/ledger"
)

// The rules of the proof (核验):
//
//   - It writes nothing, so that evidence stays as it is.
//   - It believes no table because another says the same: the ledger is held
//     against its chain, the chain against the marker outside, the figures
//     against the kept originals, the papers against their noted hashes.
//   - Each flaw is one sentence that names what is wrong, and where.

// The codes of flaws; the words are beside the check that finds them.
const (
	FlawChain    = "chain"     // the ledger is not what its chain says
	FlawArchive  = "archive"   // an original is gone or has other bytes
	FlawFigure   = "figure"    // a figure is not what its original says
	FlawEdition  = "edition"   // an edition contradicts itself or the ledger
	FlawPaper    = "paper"     // a file has other bytes than were written
	FlawCell     = "cell"      // a cell of a workbook holds something else
	FlawManifest = "manifest"  // a manifest is not what was signed, or not of this ledger
	FlawUnknown  = "not-known" // the file is none of ours
)

// Flaw is one thing that is wrong.
type Flaw struct {
	Code  string `json:"code"`
	Where string `json:"where"`
	What  string `json:"what"` // a sentence that names it
}

// LedgerProof is what was found of the whole ledger and its archive.
type LedgerProof struct {
	Links     int64  `json:"links"` // of the chain
	Head      string `json:"head"`  // its last link
	Originals int    `json:"originals"`
	Figures   int    `json:"figures"` // held against their originals
	// CellsOnly is how many of them only by the text of their cell: they were
	// read by another version of program or plan, which may read it otherwise.
	CellsOnly int    `json:"cells_only"`
	Editions  int    `json:"editions"`
	Papers    int    `json:"papers"` // in their place in the outbox
	Flaws     []Flaw `json:"flaws"`
}

// verification is one run of the proof: what was read once is kept.
type verification struct {
	*Workspace
	proof     LedgerProof
	originals map[string]*original // by SHA-256
	sources   map[source][]ledger.Entry
}

// Verify proves the whole ledger, its archive, its editions and what of their
// files lies in the outbox.
func (w *Workspace) Verify(ctx context.Context) (LedgerProof, error) {
	v := w.verification()
	for _, step := range []func(context.Context) error{
		v.chain, v.archive, v.editions, v.outbox,
	} {
		if err := step(ctx); err != nil {
			return v.proof, err
		}
	}
	return v.proof, nil
}

func (w *Workspace) verification() *verification {
	return &verification{Workspace: w, proof: LedgerProof{Flaws: []Flaw{}},
		originals: map[string]*original{}}
}

func (v *verification) flaw(f ...Flaw) { v.proof.Flaws = append(v.proof.Flaws, f...) }

// editions holds every edition against the ledger.
func (v *verification) editions(ctx context.Context) error {
	all, err := v.Ledger.Editions(ctx, 0)
	if err != nil {
		return err
	}
	for _, e := range all {
		_, _, flaws, err := v.editionFlaws(ctx, e.ID)
		if err != nil {
			return err
		}
		v.flaw(flaws...)
	}
	v.proof.Editions = len(all)
	return nil
}
