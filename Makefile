# Two commands do all set-up on a fresh Debian machine with Go: make demo, make test.
# On an office machine none of this is needed: there the program is one file.

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
FONTS := .fonts
OOXML := .ooxml
export DUBAN_FONTS := $(CURDIR)/$(FONTS)
export CGO_ENABLED := 0

.PHONY: build demo test campaign long-test mail-test office-test bench bench-long fuzz fonts tools pictures clean

build:
	go build -trimpath -o bin/duban ./cmd/duban

# The main job on a scratch workspace, demo/: three months, then a re-run.
demo: fonts build
	rm -rf demo
	bin/duban demo --fonts $(FONTS) demo

# Every test but those that need a real office program.
test: fonts tools
	go test -shuffle=on ./...

# The whole campaign of faults, in minutes: 50 rounds of kills over 500 forms, full disks, locked and
# damaged ledgers, clocks that jump … The short form is one of the tests. Root sees all of it.
campaign: fonts
	go run ./cmd/campaign

# The whole mail campaign: 500 messages through Postfix into Dovecot, 20 kills, one restore.
# Postfix wants root.
mail-test: tools
	DUBAN_MAIL=1 go test -count=1 -run MailIsTaken -timeout 20m -v ./cmd/duban

# The long forms of two tests, some minutes: a re-run killed 200 times, and a year of 29 units that
# is run again and rebuilt from the archive.
long-test: fonts
	DUBAN_LONG=1 go test -count=1 -timeout 60m -v -run 'ARerunKilled|AYearIsRebuilt' ./cmd/duban

# Forms opened, changed and saved by LibreOffice, and taken in; workbooks of the digest opened by
# it and proven against the schemas of Office Open XML.
office-test: fonts
	@command -v soffice >/dev/null || { $(SUDO) apt-get update -qq && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	  --no-install-recommends libreoffice-calc-nogui; }
	@command -v npm >/dev/null || { $(SUDO) apt-get update -qq && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	  --no-install-recommends nodejs npm; }
	@[ -x $(OOXML)/node_modules/.bin/ooxml-validate ] || npm install --silent --no-save \
	  --no-audit --no-fund --prefix $(OOXML) @ooxml-tools/validate@0.4.6
	PATH="$(CURDIR)/$(OOXML)/node_modules/.bin:$$PATH" DUBAN_OFFICE=1 \
	  go test -count=1 -run Office ./...

# Every parser of what comes from outside, for FUZZTIME each; what is found lies in the package's
# testdata/fuzz and is committed with its mending, or becomes a row of a table.
FUZZTIME := 60s
fuzz:
	@grep -rho --include='*_test.go' '^func Fuzz[A-Za-z]*' pipeline -H | sed 's/:func /:/' | \
	while IFS=: read -r file name; do \
	  echo "$$name in $$(dirname $$file)"; \
	  go test -run '^$$' -fuzz "^$$name$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1x \
	    "./$$(dirname $$file)" || exit 1; \
	done

# What the README says of speed.
bench: fonts
	go test -run '^$$' -bench . -benchtime 3x -timeout 60m ./...

# The same for 30,000 forms in one inbox, which takes minutes.
bench-long:
	DUBAN_LONG=1 go test -run '^$$' -bench 'Throughput/30000' -benchtime 1x -timeout 60m ./pipeline

# Fonts for the digest, from Debian packages, converted once.
fonts:
	@sh pipeline/digest/pdf/fonts.sh $(FONTS)

# What the tests measure finished papers with, and the mail servers they send through. The
# packages may start servers of their own; the tests use none of those.
tools:
	@PATH=$$PATH:/usr/sbin; for t in pdftotext:poppler-utils mutool:mupdf-tools qpdf:qpdf \
	  dovecot:dovecot-imapd postfix:postfix; do \
	  command -v $${t%%:*} >/dev/null || missing="$$missing $${t##*:}"; done; \
	test -e /usr/lib/dovecot/lmtp || missing="$$missing dovecot-lmtpd"; \
	if [ -n "$$missing" ]; then $(SUDO) apt-get update -qq && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	  --no-install-recommends $$missing; fi

# The README's two pictures, from the demonstration's papers; needs LibreOffice, poppler-utils
# and any Chinese font for the form.
pictures: demo
	rm -rf demo/look && mkdir -p demo/look testdata/pictures
	cp demo/outbox/forms/2025-03/01-*.xlsx demo/look/form.xlsx
	soffice -env:UserInstallation=file://$(CURDIR)/demo/look/profile --headless \
	  --convert-to pdf --outdir demo/look demo/look/form.xlsx
	pdftoppm -r 80 -f 2 -l 2 -singlefile -png demo/look/form.pdf testdata/pictures/form
	pdftoppm -r 60 -f 1 -l 1 -singlefile -png demo/outbox/digests/2025-03/*.pdf testdata/pictures/digest

clean:
	rm -rf bin demo
