-- The proof of the ledger: a change behind the program's back is found and
-- named (chain.go says how a link is worked out, so that others can do it too).

-- The files of an edition as they were written. One edition may have a file
-- twice: set again by another version of the program.
CREATE TABLE papers (
  id      INTEGER PRIMARY KEY,
  edition INTEGER NOT NULL REFERENCES editions,
  name    TEXT NOT NULL, -- its place in the workspace, with forward slashes
  sha256  TEXT NOT NULL CHECK (length(sha256) = 64),
  size    INTEGER NOT NULL,
  program TEXT NOT NULL,
  at      TEXT NOT NULL,
  UNIQUE (edition, name, sha256)
) STRICT;
CREATE INDEX papers_sha256 ON papers (sha256);

-- One link for each row that never changes afterwards, in the order in which
-- they were written and in the same transaction.
CREATE TABLE chain (
  seq  INTEGER PRIMARY KEY, -- 1, 2, 3 … without a gap
  kind TEXT NOT NULL,       -- the row's table
  row  INTEGER NOT NULL,    -- its id
  says TEXT NOT NULL,       -- a line for the row and for each row that belongs to it
  link TEXT NOT NULL CHECK (length(link) = 64)
) STRICT;
