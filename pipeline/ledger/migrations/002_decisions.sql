-- What the office decides, each with who, why and, where it changes what units
-- owe, a document number. Nothing is deleted: of two the later one counts.

-- A waiver (豁免): from one month to another a rule is only told, or an
-- indicator or a unit owes nothing. '' in rule, item or unit means any.
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

-- An extension (延期): one unit's forms of one month are due later.
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
CREATE INDEX extensions_month ON extensions (month, unit);

-- What a unit said to a 存疑 of one rule about one value, with the reading that
-- brought it or found that it still held.
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
CREATE INDEX explanations_reading ON explanations (reading);

-- What was decided of a file that was held (待核实): to whom it belongs, or
-- that it is not taken. A re-run keeps to it.
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
CREATE INDEX decisions_submission ON decisions (submission);
