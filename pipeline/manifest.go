package pipeline

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"duban/pipeline/digest"
	"duban/pipeline/durable"
	"duban/pipeline/ledger"
)

// Manifest (清单) is an edition's proof for those who have no ledger: what its
// files and figures are, signed. Whoever knows the public key by another way
// knows that this office issued it; the chain's head in it keeps the ledger from
// being rewritten afterwards.
type Manifest struct {
	Form      string           `json:"form"`
	Office    string           `json:"office"`
	Key       string           `json:"key"` // of the edition, in its ledger
	Number    string           `json:"number"`
	Month     string           `json:"month"`
	Edition   int              `json:"edition"`
	Audience  string           `json:"audience"`
	Unit      string           `json:"unit,omitempty"`
	Title     string           `json:"plan"`
	MadeAt    string           `json:"made_at"`
	SignedAt  string           `json:"signed_at"`
	Files     []ManifestFile   `json:"files"`
	Links     int64            `json:"chain_links"`
	Head      string           `json:"chain_head"` // the link with that number
	Figures   []ManifestFigure `json:"figures"`
	PublicKey string           `json:"public_key"` // Ed25519, hex
	Signature string           `json:"signature"`  // of all this, "" here, as compact JSON
}

// ManifestFile is one file of the edition.
type ManifestFile struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

// ManifestFigure is one figure of the edition, and the cell that brought it.
type ManifestFigure struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Unit   string `json:"unit"`
	Value  string `json:"value"` // or the status of a milestone; "" unknown
	Light  string `json:"light"`
	SHA256 string `json:"sha256,omitempty"` // of the original
	Sheet  string `json:"sheet,omitempty"`
	Cell   string `json:"cell,omitempty"`
	Raw    string `json:"raw,omitempty"`
}

const manifestForm = "duban-manifest-1"

// signed is what the signature is of.
func (m Manifest) signed() ([]byte, error) {
	m.Signature = ""
	return json.Marshal(m)
}

// signedRightly reports whether the signature is that of the manifest's key.
func (m Manifest) signedRightly() bool {
	key, err := hex.DecodeString(m.PublicKey)
	sig, fault := hex.DecodeString(m.Signature)
	b, marshal := m.signed()
	return errors.Join(err, fault, marshal) == nil && len(key) == ed25519.PublicKeySize &&
		ed25519.Verify(key, b, sig)
}

// ReadManifest reads a manifest; anything in it that is not signed is refused.
func ReadManifest(path string) (Manifest, error) {
	var m Manifest
	b, err := os.ReadFile(path)
	if err == nil {
		d := json.NewDecoder(bytes.NewReader(b))
		d.DisallowUnknownFields()
		if fault := d.Decode(&m); fault != nil { // what the decoder says is of no use to its reader
			err = errors.New("不是清单文件，或内容不完整")
		} else if m.Form != manifestForm {
			err = errors.New("不是督办程序的清单")
		}
	}
	if err != nil {
		return m, &UserError{What: "清单 " + path + " 读不出", Err: err,
			Fix: "请用 duban manifest 写出的文件。"}
	}
	return m, nil
}

// signKey is where the key lies that manifests are signed by.
const signKey = "state/sign.key"

// signingKey is the workspace's own; it is made when it is first asked for.
func (w *Workspace) signingKey() (ed25519.PrivateKey, error) {
	path := w.path(signKey)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		_, key, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			return nil, err
		}
		text := hex.EncodeToString(key.Seed()) + "\n"
		return key, durable.Write(path, []byte(text), 0o600)
	}
	if err != nil {
		return nil, err
	}
	seed, err := hex.DecodeString(strings.TrimSpace(string(b)))
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, &UserError{What: "清单的签名密钥 " + path + " 损坏", Fix: "从备份恢复该文件。"}
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

// PublicKey is the key that the workspace's manifests are verified by.
func (w *Workspace) PublicKey() (string, error) {
	key, err := w.signingKey()
	if err != nil {
		return "", err
	}
	return publicOf(key), nil
}

func publicOf(key ed25519.PrivateKey) string {
	return hex.EncodeToString(key.Public().(ed25519.PublicKey))
}

// Manifest signs the manifest of an edition and writes it to file; "" is beside
// the edition's paper. It gives the place.
func (w *Workspace) Manifest(ctx context.Context, a Asked, file string) (string, error) {
	e, rep, err := w.asked(ctx, a)
	if err != nil {
		return "", err
	}
	key, err := w.signingKey()
	if err != nil {
		return "", err
	}
	m, err := w.manifestOf(ctx, e, rep)
	if err != nil {
		return "", err
	}
	m.PublicKey = publicOf(key)
	b, err := m.signed()
	if err != nil {
		return "", err
	}
	m.Signature = hex.EncodeToString(ed25519.Sign(key, b))
	if file == "" {
		pdf := w.files(w.copyNamed(e.Audience), e.Month, e.N)[0]
		file = strings.TrimSuffix(pdf, ".pdf") + ".manifest.json"
	}
	if b, err = json.MarshalIndent(m, "", "  "); err != nil {
		return "", err
	}
	if err := put(outFile(file, append(b, '\n'))); err != nil {
		return "", err
	}
	return file, w.audit(ctx, "签发清单", fmt.Sprintf("%s，%s，公钥%s", editionName(e), m.Number,
		m.PublicKey[:16]))
}

func (w *Workspace) manifestOf(ctx context.Context, e ledger.Edition, rep *digest.Report) (
	Manifest, error) {
	p, err := w.Ledger.ChainHead(ctx)
	if err != nil {
		return Manifest{}, err
	}
	m := Manifest{Form: manifestForm, Office: w.Config.Office, Key: e.Key, Number: rep.Number,
		Month: rep.Month, Edition: rep.Edition, Audience: rep.Audience.Name, Unit: rep.For,
		Title: rep.PlanTitle, MadeAt: stamp(e.MadeAt), SignedAt: stamp(w.Now()),
		Links: p.Links, Head: p.Head, Files: []ManifestFile{}, Figures: figuresOf(rep)}
	papers, err := w.Ledger.Papers(ctx, e.ID)
	for _, x := range papers {
		name := x.Name[strings.LastIndexByte(x.Name, '/')+1:]
		m.Files = append(m.Files, ManifestFile{name, x.SHA256, x.Size})
	}
	return m, err
}

// figuresOf lists the figures of an edition.
func figuresOf(rep *digest.Report) []ManifestFigure {
	all := []ManifestFigure{}
	for _, l := range rep.Lines {
		f := ManifestFigure{ID: l.ID, Name: l.Name, Unit: l.Unit, Value: l.Value,
			Light: l.LightWord}
		if l.Progress != "" {
			f.Value = l.Progress
		}
		if l.Source > 0 && l.Source <= len(rep.Sources) {
			s := rep.Sources[l.Source-1]
			f.SHA256, f.Sheet, f.Cell, f.Raw = s.SHA256, s.Sheet, s.Cell, s.Raw
		}
		all = append(all, f)
	}
	return all
}
