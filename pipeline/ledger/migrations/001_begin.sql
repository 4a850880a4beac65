-- The ledger (台账). Nothing is ever deleted; what no longer counts is marked.
-- Moments are RFC 3339 with a zone, months 2025-03, days 2025-03-31, numbers
-- plain decimals in text; NULL is unknown or not given, never zero.

PRAGMA application_id = 0x44554241; -- DUBA

-- Which ledger this is; the marker file beside the database says the same.
CREATE TABLE ledger (
  one     INTEGER PRIMARY KEY CHECK (one = 1),
  id      TEXT NOT NULL,
  made_at TEXT NOT NULL
) STRICT;

-- A submission (报送件): bytes that were taken. Its id is the order in which
-- submissions count: of two accepted figures, that of the later one stands.
CREATE TABLE submissions (
  id       INTEGER PRIMARY KEY,
  sha256   TEXT NOT NULL CHECK (length(sha256) = 64),
  size     INTEGER NOT NULL,
  taken_at TEXT NOT NULL
) STRICT;
CREATE INDEX submissions_sha256 ON submissions (sha256);

-- A run (重跑): a month read again from the kept originals.
CREATE TABLE runs (
  id           INTEGER PRIMARY KEY,
  month        TEXT NOT NULL,
  at           TEXT NOT NULL,
  who          TEXT NOT NULL,
  why          TEXT NOT NULL,
  program      TEXT NOT NULL,
  plan_version TEXT NOT NULL
) STRICT;

-- One reading of one submission by one version of program and plan. The
-- current one counts. run is NULL for the reading made when it was taken.
CREATE TABLE readings (
  id           INTEGER PRIMARY KEY,
  submission   INTEGER NOT NULL REFERENCES submissions,
  run          INTEGER REFERENCES runs,
  at           TEXT NOT NULL,
  program      TEXT NOT NULL,
  plan_version TEXT NOT NULL,
  unit         TEXT NOT NULL, -- code; '' when it could not be told
  month        TEXT,
  state        TEXT NOT NULL, -- 通过, 部分通过, 有疑问待说明, 退回, 待核实
  late         INTEGER NOT NULL CHECK (late IN (0, 1)),
  opening      INTEGER NOT NULL CHECK (opening IN (0, 1)),
  filler       TEXT NOT NULL, -- 填报人
  reviewer     TEXT NOT NULL, -- 审核人
  current      INTEGER NOT NULL CHECK (current IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX readings_current ON readings (submission) WHERE current = 1;
CREATE INDEX readings_submission ON readings (submission);
CREATE INDEX readings_month ON readings (month, unit) WHERE current = 1;

-- One arrival of a file, each with a receipt. again marks bytes that were
-- there already and changed nothing; the other one brought the submission.
CREATE TABLE deliveries (
  id          INTEGER PRIMARY KEY,
  claim       TEXT NOT NULL UNIQUE, -- given once by the intake
  submission  INTEGER NOT NULL REFERENCES submissions,
  reading     INTEGER NOT NULL REFERENCES readings, -- what the receipt tells
  again       INTEGER NOT NULL CHECK (again IN (0, 1)),
  name        TEXT NOT NULL, -- as received; never a path
  channel     TEXT NOT NULL,
  sender      TEXT NOT NULL,
  handed_by   TEXT NOT NULL,
  received_at TEXT NOT NULL,
  taken_at    TEXT NOT NULL
) STRICT;
CREATE INDEX deliveries_submission ON deliveries (submission);
CREATE UNIQUE INDEX deliveries_first ON deliveries (submission) WHERE again = 0;

-- What a reading says of one indicator (or item without one), taken or not.
CREATE TABLE figures (
  id       INTEGER PRIMARY KEY,
  reading  INTEGER NOT NULL REFERENCES readings,
  item     TEXT NOT NULL, -- indicator or item id
  unit     TEXT NOT NULL,
  month    TEXT NOT NULL,
  state    TEXT NOT NULL, -- 已报, 零报告, 数据未出, 本期不报; 未报 is never stored
  added    TEXT,
  total    TEXT,
  a        TEXT,
  b        TEXT,
  progress TEXT NOT NULL,
  planned  TEXT,
  actual   TEXT,
  expected TEXT,
  remark   TEXT NOT NULL,
  sheet    TEXT NOT NULL,
  cell     TEXT NOT NULL,
  raw      TEXT NOT NULL,
  opening  INTEGER NOT NULL CHECK (opening IN (0, 1)),
  accepted INTEGER NOT NULL CHECK (accepted IN (0, 1))
) STRICT;
CREATE INDEX figures_reading ON figures (reading);
CREATE INDEX figures_accepted ON figures (unit, item, month) WHERE accepted = 1;
CREATE INDEX figures_item ON figures (item, month);

-- The figure that stands for each: the accepted one of the latest submission
-- among the current readings. Follows from the tables above and is kept so
-- that no question costs more as the ledger grows.
CREATE TABLE standing (
  unit   TEXT NOT NULL,
  item   TEXT NOT NULL,
  month  TEXT NOT NULL,
  figure INTEGER NOT NULL REFERENCES figures,
  PRIMARY KEY (unit, item, month)
) STRICT, WITHOUT ROWID;

-- A finding (审核问题) of a reading, in the order they were found.
CREATE TABLE findings (
  id         INTEGER PRIMARY KEY,
  reading    INTEGER NOT NULL REFERENCES readings,
  code       TEXT NOT NULL,
  severity   TEXT NOT NULL,
  sheet      TEXT NOT NULL,
  cell       TEXT NOT NULL,
  item       TEXT NOT NULL,
  unit       TEXT NOT NULL,
  message    TEXT NOT NULL,
  fix        TEXT NOT NULL,
  whole_file INTEGER NOT NULL CHECK (whole_file IN (0, 1))
) STRICT;
CREATE INDEX findings_reading ON findings (reading);

-- A form that was issued (下发); unit '' is the opening form of all units.
CREATE TABLE issues (
  id           INTEGER PRIMARY KEY,
  unit         TEXT NOT NULL,
  month        TEXT NOT NULL,
  issue        INTEGER NOT NULL,
  plan_version TEXT NOT NULL,
  sha256       TEXT NOT NULL,
  at           TEXT NOT NULL,
  UNIQUE (unit, month, issue)
) STRICT;

-- One edition (第N版) of a month's digest for one audience, with what it was
-- made from and everything it says.
CREATE TABLE editions (
  id         INTEGER PRIMARY KEY,
  key        TEXT NOT NULL UNIQUE, -- its due moment
  month      TEXT NOT NULL,
  audience   TEXT NOT NULL,
  n          INTEGER NOT NULL,
  supersedes INTEGER REFERENCES editions,
  run        INTEGER REFERENCES runs,
  made_at    TEXT NOT NULL,
  inputs     BLOB NOT NULL, -- JSON
  report     BLOB NOT NULL, -- JSON
  UNIQUE (month, audience, n)
) STRICT;

-- Document numbers (发文字号), each taken once. key says by which paper.
CREATE TABLE numbers (
  issuer TEXT NOT NULL,
  year   INTEGER NOT NULL,
  n      INTEGER NOT NULL,
  key    TEXT NOT NULL UNIQUE,
  at     TEXT NOT NULL,
  PRIMARY KEY (issuer, year, n)
) STRICT;

-- Each figure as an edition judged it.
CREATE TABLE edition_figures (
  edition  INTEGER NOT NULL REFERENCES editions,
  row      INTEGER NOT NULL,
  item     TEXT NOT NULL,
  unit     TEXT NOT NULL,
  value    TEXT,
  done     TEXT,
  due      TEXT,
  light    TEXT NOT NULL,
  sentence TEXT NOT NULL,
  figure   INTEGER REFERENCES figures,
  PRIMARY KEY (edition, row)
) STRICT;

-- What must go out (receipts, forms, digests, mail), each exactly once by key.
CREATE TABLE outgoing (
  id         INTEGER PRIMARY KEY,
  key        TEXT NOT NULL UNIQUE,
  kind       TEXT NOT NULL,
  body       BLOB NOT NULL,
  delivery   INTEGER REFERENCES deliveries,
  edition    INTEGER REFERENCES editions,
  made_at    TEXT NOT NULL,
  done_at    TEXT,
  attempts   INTEGER NOT NULL DEFAULT 0,
  last_error TEXT NOT NULL DEFAULT '',
  next_try   TEXT
) STRICT;
CREATE INDEX outgoing_undone ON outgoing (id) WHERE done_at IS NULL;

-- The moments of each job that were done.
CREATE TABLE jobs (
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL,
  moment  TEXT NOT NULL,
  done_at TEXT NOT NULL,
  UNIQUE (name, moment)
) STRICT;

-- What administrators did.
CREATE TABLE audit (
  id     INTEGER PRIMARY KEY,
  at     TEXT NOT NULL,
  who    TEXT NOT NULL,
  act    TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
