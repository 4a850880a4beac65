package sheet

// Limits bound what a file may cost. A field that is 0 means the default's.
// The defaults come from 2,745 good files of many writers, with room above
// the largest seen; Rows and Cols bound where a value may stand, not where an
// empty styled cell may.
type Limits struct {
	FileBytes  int64 // the whole file
	PartBytes  int64 // one part, inflated
	TotalBytes int64 // all parts, inflated, as declared
	Entries    int   // parts in the archive
	Ratio      int64 // inflated size to packed size, for parts above 1 MiB
	Depth      int   // nesting of XML elements
	Sheets     int   //
	Cells      int   // cells with content, over all sheets
	Rows, Cols int   // the last row and column that may hold content
	Merges     int   // merged ranges, over all sheets
	CellChars  int   // UTF-16 units in one cell
	TextBytes  int   // text kept: the shared strings, and again all sheets together
	TokenBytes int   // one XML tag or run of text
}

// DefaultLimits is what an office's forms never come near.
var DefaultLimits = Limits{
	FileBytes:  20 << 20,
	PartBytes:  128 << 20,
	TotalBytes: 200 << 20,
	Entries:    2000,
	Ratio:      200,
	Depth:      64,
	Sheets:     256,
	Cells:      300_000,
	Rows:       65_536,
	Cols:       256,
	Merges:     10_000,
	CellChars:  32_767,
	TextBytes:  32 << 20,
	TokenBytes: 1 << 20,
}

// The grid of the format itself.
const (
	gridRows = 1_048_576
	gridCols = 16_384
)

func (l Limits) filled() Limits {
	d := DefaultLimits
	return Limits{
		FileBytes:  or(l.FileBytes, d.FileBytes),
		PartBytes:  or(l.PartBytes, d.PartBytes),
		TotalBytes: or(l.TotalBytes, d.TotalBytes),
		Entries:    or(l.Entries, d.Entries),
		Ratio:      or(l.Ratio, d.Ratio),
		Depth:      or(l.Depth, d.Depth),
		Sheets:     or(l.Sheets, d.Sheets),
		Cells:      or(l.Cells, d.Cells),
		Rows:       or(l.Rows, d.Rows),
		Cols:       or(l.Cols, d.Cols),
		Merges:     or(l.Merges, d.Merges),
		CellChars:  or(l.CellChars, d.CellChars),
		TextBytes:  or(l.TextBytes, d.TextBytes),
		TokenBytes: or(l.TokenBytes, d.TokenBytes),
	}
}

func or[N int | int64](n, otherwise N) N {
	if n == 0 {
		return otherwise
	}
	return n
}
