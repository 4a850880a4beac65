package pipeline

import (
	"context"
	"errors"
	"runtime"

	"duban/pipeline/intake"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// The rules this file keeps:
//
//   - Files that wait are taken together: opened side by side, judged one after
//     the other in the order they came, each knowing the ones before it, and
//     stored in one transaction.
//   - What was judged is what is stored: where somebody else has added to the
//     ledger in between, all are judged anew.
//   - A fault of one file is not the others': where they cannot be stored
//     together, each is stored alone.
//   - A claim that was stored before a kill is not judged again; neither are
//     bytes that are known from the same sender.

// inHand is a file on its way, and what came of it.
type inHand struct {
	claim    intake.Claim
	delivery plan.Delivery
	handing  Handing
	patient  bool // it may be read again later, if it is not whole yet

	stored   bool        // before, under this claim
	known    bool        // its bytes were, from the same sender
	fresh    bool        // neither its claim nor its bytes were
	judged   *judgement  // of one that is only tried
	copied   *transcript // nil: none is called for
	reading  ledger.Reading
	outgoing []ledger.Outgoing
	taken    ledger.Taken
	err      error // it stays where it is, to be tried again
}

// storeAll judges files and stores them in one transaction, or else each alone.
func (w *Workspace) storeAll(ctx context.Context, files []*inHand) {
	err := w.storeTogether(ctx, files)
	if err == nil { // of a file that is not whole yet its own says so
		return
	}
	if len(files) > 1 {
		w.Log.Warn("这些文件没有一起收下，逐份再试", "files", len(files), "err", err)
	}
	for i, f := range files {
		if len(files) > 1 {
			err = w.storeTogether(ctx, files[i:i+1])
		}
		if err != nil {
			f.err = err
		}
		if errors.As(err, new(*ledger.Fault)) { // no other fares better
			for _, rest := range files[i+1:] {
				rest.err = err
			}
			return
		}
	}
}

// storeTogether judges files and stores them, again where the ledger moved.
func (w *Workspace) storeTogether(ctx context.Context, files []*inHand) (err error) {
	w.taking.Lock()
	defer w.taking.Unlock()
	for range 4 {
		if err = w.storeOnce(ctx, files); !errors.Is(err, ledger.ErrMoved) {
			break
		}
	}
	if err != nil {
		w.known = nil // it has what was not stored
	}
	return err
}

func (w *Workspace) storeOnce(ctx context.Context, files []*inHand) error {
	b, err := w.newBatch(ctx)
	if err != nil {
		return err
	}
	if err := b.recognise(ctx, files); err != nil {
		return err
	}
	next, stop := b.open(ctx, files)
	defer stop()
	var takings []ledger.Taking
	var taking []*inHand
	for _, f := range files {
		if f.err = nil; f.stored {
			continue
		}
		if err := b.judge(ctx, f, next); errors.Is(err, errNotWhole) {
			f.err = err
			continue
		} else if err != nil {
			return err
		}
		takings = append(takings, ledger.Taking{Claim: f.claim.ID, Delivery: f.delivery,
			Size: int64(len(f.claim.Bytes)), Reading: f.reading, Outgoing: f.outgoing, Again: f.outgoing,
			New: f.fresh, Act: w.openingAct(f)})
		taking = append(taking, f)
	}
	if len(taking) == 0 {
		return nil
	}
	taken, head, err := w.Ledger.TakeAll(ctx, &b.known.head, takings)
	if err != nil {
		return err
	}
	b.known.head = head
	for i, f := range taking {
		f.taken = taken[i]
		w.stage(ctx, stageTaken, "claim", f.claim.ID, "sha256", f.delivery.SHA256, "delivery",
			f.taken.Delivery, "submission", f.taken.Submission, "again", f.taken.Again)
	}
	return nil
}

// try judges a file as it would be judged now, and stores nothing.
func (w *Workspace) try(ctx context.Context, f *inHand) error {
	w.taking.Lock()
	defer w.taking.Unlock()
	b, err := w.newBatch(ctx)
	if err != nil {
		return err
	}
	j, err := w.openSafely(ctx, f.claim.Bytes, f.delivery, f.handing)
	if err != nil {
		return err
	}
	f.judged, err = b.judged(ctx, f, j)
	if err == nil {
		f.reading = w.readingOf(f.judged, f.delivery)
	}
	return err
}

// batch is files that are taken together.
type batch struct {
	w     *Workspace
	known *known
	seen  map[string][]ledger.Submission // of their bytes, by hash; the batch's own too
	last  map[saying]ledger.Issue        // of the months that were asked for
	asked map[plan.Month]bool
}

func (w *Workspace) newBatch(ctx context.Context) (*batch, error) {
	k, err := w.knowing(ctx)
	return &batch{w: w, known: k, last: map[saying]ledger.Issue{}, asked: map[plan.Month]bool{}}, err
}

// issued is the latest issue of a unit's form for a month.
func (b *batch) issued(ctx context.Context, unit string, m plan.Month) (ledger.Issue, error) {
	if !b.asked[m] {
		all, err := b.w.Ledger.Issues(ctx, m)
		if err != nil {
			return ledger.Issue{}, err
		}
		for _, i := range all { // the latest of a unit last
			b.last[saying{i.Unit, m}] = i
		}
		b.asked[m] = true
	}
	return b.last[saying{unit, m}], nil
}

// recognise finds the files whose claims were stored before, and the bytes that
// were seen before.
func (b *batch) recognise(ctx context.Context, files []*inHand) error {
	var claims, hashes []string
	for _, f := range files {
		claims, hashes = append(claims, f.claim.ID), append(hashes, f.delivery.SHA256)
	}
	stored, err := b.w.Ledger.Claimed(ctx, claims...)
	if err != nil {
		return err
	}
	if b.seen, err = b.w.Ledger.Seen(ctx, hashes...); err != nil {
		return err
	}
	for _, f := range files {
		for _, a := range stored[f.claim.ID] {
			if a.SHA256 != f.delivery.SHA256 {
				return ledger.ErrClaim
			}
			f.stored, f.taken = true, ledger.Taken{Delivery: a.ID, Submission: a.Submission,
				Reading: a.Reading, Again: a.Again, Replayed: true}
			if f.reading, err = b.w.Ledger.Reading(ctx, a.Reading); err != nil {
				return err
			}
		}
	}
	return nil
}

// opened is a file that was read and taken apart.
type opened struct {
	*judgement
	err error
}

// openedAhead is how many files may be opened before their turn.
const openedAhead = 16

// open opens the files that have to be read, ahead of their turn; next gives
// them in that order.
func (b *batch) open(ctx context.Context, files []*inHand) (next func() opened, stop func()) {
	var todo []*inHand
	for _, f := range files {
		if f.known = b.same(f) != nil; !f.known && !f.stored {
			todo = append(todo, f)
		}
	}
	return ahead(todo, b.w.hands(), openedAhead, func(f *inHand) (o opened, big bool) {
		o.judgement, o.err = b.w.openSafely(ctx, f.claim.Bytes, f.delivery, f.handing)
		return o, o.judgement != nil && o.big
	})
}

// mostHands bounds the memory: so many of the biggest files fit into what the
// program may use.
const mostHands = 2

// hands is how many files may be in hand at once.
func (w *Workspace) hands() int {
	if w.hand.careful() {
		return 1
	}
	return min(runtime.GOMAXPROCS(0), mostHands)
}
