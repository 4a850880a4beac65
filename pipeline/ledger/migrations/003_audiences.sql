-- One run makes an edition for each audience. What each says is worded by a
-- text the office may edit, so the text is kept with it: the same paper can be
-- set again. What a month's papers said is what later ones compare with.

CREATE TABLE wordings (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  text   TEXT NOT NULL,
  at     TEXT NOT NULL
) STRICT;
ALTER TABLE editions ADD COLUMN wording TEXT REFERENCES wordings;

ALTER TABLE edition_figures ADD COLUMN target TEXT;

CREATE TABLE edition_units (
  edition INTEGER NOT NULL REFERENCES editions,
  unit    TEXT NOT NULL,
  due     INTEGER NOT NULL, -- figures that were due
  on_time TEXT NOT NULL,    -- 按时, 迟报, 补报; '' where nothing came
  state   TEXT NOT NULL,
  PRIMARY KEY (edition, unit)
) STRICT, WITHOUT ROWID;
