-- Mail in: what became of each message, and where copies of it lay on a server.
-- Whatever a message brings is kept under claims that are a function of its
-- identity, so that it counts once however often it is fetched.

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
CREATE INDEX mails_sender ON mails (sender, taken_at) WHERE answered = 1;

CREATE TABLE mail_places (
  account  TEXT NOT NULL,
  folder   TEXT NOT NULL,
  validity INTEGER NOT NULL, -- UIDVALIDITY
  uid      INTEGER NOT NULL,
  mail     INTEGER NOT NULL REFERENCES mails,
  PRIMARY KEY (account, folder, validity, uid)
) STRICT, WITHOUT ROWID;

-- Mail out: a row that is not tried any more until a person says so.
ALTER TABLE outgoing ADD COLUMN given_up_at TEXT;
