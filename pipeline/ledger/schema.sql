CREATE TABLE audit (
  id     INTEGER PRIMARY KEY,
  at     TEXT NOT NULL,
  who    TEXT NOT NULL,
  act    TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE TABLE chain (
  seq  INTEGER PRIMARY KEY, -- 1, 2, 3 … without a gap
  kind TEXT NOT NULL,       -- the row's table
  row  INTEGER NOT NULL,    -- its id
  says TEXT NOT NULL,       -- a line for the row and for each row that belongs to it
  link TEXT NOT NULL CHECK (length(link) = 64)
) STRICT;
CREATE TABLE decisions (
  id         INTEGER PRIMARY KEY,
  submission INTEGER NOT NULL REFERENCES submissions,
  reading    INTEGER NOT NULL REFERENCES readings, -- what came of it
  verdict    TEXT NOT NULL CHECK (verdict IN ('放行', '不予接收')),
  unit       TEXT NOT NULL, -- '' of a refused one
  who        TEXT NOT NULL CHECK (who <> ''),
  why        TEXT NOT NULL CHECK (why <> ''),
  at         TEXT NOT NULL
) STRICT;
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
  figure   INTEGER REFERENCES figures, target TEXT,
  PRIMARY KEY (edition, row)
) STRICT;
CREATE TABLE edition_units (
  edition INTEGER NOT NULL REFERENCES editions,
  unit    TEXT NOT NULL,
  due     INTEGER NOT NULL, -- figures that were due
  on_time TEXT NOT NULL,    -- 按时, 迟报, 补报; '' where nothing came
  state   TEXT NOT NULL,
  PRIMARY KEY (edition, unit)
) STRICT, WITHOUT ROWID;
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
  report     BLOB NOT NULL, wording TEXT REFERENCES wordings, -- JSON
  UNIQUE (month, audience, n)
) STRICT;
CREATE TABLE explanations (
  id      INTEGER PRIMARY KEY,
  reading INTEGER NOT NULL REFERENCES readings,
  item    TEXT NOT NULL,
  unit    TEXT NOT NULL,
  month   TEXT NOT NULL,
  rule    TEXT NOT NULL,
  value   TEXT,
  text    TEXT NOT NULL
) STRICT;
CREATE TABLE extensions (
  id       INTEGER PRIMARY KEY,
  unit     TEXT NOT NULL CHECK (unit <> ''),
  month    TEXT NOT NULL,
  until    TEXT NOT NULL,
  who      TEXT NOT NULL CHECK (who <> ''),
  why      TEXT NOT NULL CHECK (why <> ''),
  document TEXT NOT NULL CHECK (document <> ''),
  at       TEXT NOT NULL
) STRICT;
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
CREATE TABLE jobs (
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL,
  moment  TEXT NOT NULL,
  done_at TEXT NOT NULL,
  UNIQUE (name, moment)
) STRICT;
CREATE TABLE ledger (
  one     INTEGER PRIMARY KEY CHECK (one = 1),
  id      TEXT NOT NULL,
  made_at TEXT NOT NULL
) STRICT;
CREATE TABLE mail_places (
  account  TEXT NOT NULL,
  folder   TEXT NOT NULL,
  validity INTEGER NOT NULL, -- UIDVALIDITY
  uid      INTEGER NOT NULL,
  mail     INTEGER NOT NULL REFERENCES mails,
  PRIMARY KEY (account, folder, validity, uid)
) STRICT, WITHOUT ROWID;
CREATE TABLE mails (
  id          INTEGER PRIMARY KEY,
  identity    TEXT NOT NULL UNIQUE, -- of message, attachments and sender's standing
  message_id  TEXT NOT NULL,        -- '' where it has none
  sender      TEXT NOT NULL,        -- the address in From; '' where there is no one
  unit        TEXT NOT NULL,        -- '' where nobody was recognised
  subject     TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('done', 'held')),
  why         TEXT NOT NULL,        -- why it was held or not answered
  answered    INTEGER NOT NULL CHECK (answered IN (0, 1)),
  received_at TEXT NOT NULL,
  taken_at    TEXT NOT NULL
) STRICT;
CREATE TABLE numbers (
  issuer TEXT NOT NULL,
  year   INTEGER NOT NULL,
  n      INTEGER NOT NULL,
  key    TEXT NOT NULL UNIQUE,
  at     TEXT NOT NULL,
  PRIMARY KEY (issuer, year, n)
) STRICT;
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
, given_up_at TEXT) STRICT;
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
CREATE TABLE runs (
  id           INTEGER PRIMARY KEY,
  month        TEXT NOT NULL,
  at           TEXT NOT NULL,
  who          TEXT NOT NULL,
  why          TEXT NOT NULL,
  program      TEXT NOT NULL,
  plan_version TEXT NOT NULL
) STRICT;
CREATE TABLE standing (
  unit   TEXT NOT NULL,
  item   TEXT NOT NULL,
  month  TEXT NOT NULL,
  figure INTEGER NOT NULL REFERENCES figures,
  PRIMARY KEY (unit, item, month)
) STRICT, WITHOUT ROWID;
CREATE TABLE submissions (
  id       INTEGER PRIMARY KEY,
  sha256   TEXT NOT NULL CHECK (length(sha256) = 64),
  size     INTEGER NOT NULL,
  taken_at TEXT NOT NULL
) STRICT;
CREATE TABLE waivers (
  id         INTEGER PRIMARY KEY,
  rule       TEXT NOT NULL, -- code of a check
  item       TEXT NOT NULL, -- indicator or item id
  unit       TEXT NOT NULL,
  from_month TEXT NOT NULL,
  to_month   TEXT NOT NULL CHECK (to_month >= from_month),
  who        TEXT NOT NULL CHECK (who <> ''),
  why        TEXT NOT NULL CHECK (why <> ''),
  document   TEXT NOT NULL CHECK (document <> ''),
  at         TEXT NOT NULL,
  CHECK (rule <> '' OR item <> '' OR unit <> '')
) STRICT;
CREATE TABLE wordings (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  text   TEXT NOT NULL,
  at     TEXT NOT NULL
) STRICT;
CREATE INDEX decisions_submission ON decisions (submission);
CREATE UNIQUE INDEX deliveries_first ON deliveries (submission) WHERE again = 0;
CREATE INDEX deliveries_submission ON deliveries (submission);
CREATE INDEX explanations_reading ON explanations (reading);
CREATE INDEX extensions_month ON extensions (month, unit);
CREATE INDEX figures_accepted ON figures (unit, item, month) WHERE accepted = 1;
CREATE INDEX figures_item ON figures (item, month);
CREATE INDEX figures_reading ON figures (reading);
CREATE INDEX findings_reading ON findings (reading);
CREATE INDEX mails_sender ON mails (sender, taken_at) WHERE answered = 1;
CREATE INDEX outgoing_undone ON outgoing (id) WHERE done_at IS NULL;
CREATE INDEX papers_sha256 ON papers (sha256);
CREATE UNIQUE INDEX readings_current ON readings (submission) WHERE current = 1;
CREATE INDEX readings_month ON readings (month, unit) WHERE current = 1;
CREATE INDEX readings_submission ON readings (submission);
CREATE INDEX submissions_sha256 ON submissions (sha256);
