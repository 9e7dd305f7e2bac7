# Everything that is done with this repository. `make help` lists it.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:

PREFIX ?= /usr/local
# How many times `make bench` runs each program.
PAIRS ?= 3
# A tla2tools.jar, for `make bench` and `make differential` to compare with.
TLC_JAR ?=
# What `make differential` compares, how much of it, and the first of the seeds.
KIND ?= expressions
COUNT ?= 10000
SEED ?= 1
# What `make fuzz` gives texts to, and for how long.
READER ?= module
SECONDS ?= 600
FUZZ := .build-fuzz

BINARY := .build/release/synscope
# Debian's names of what is needed beside Swift: to build, and for the tests in a real terminal.
PACKAGES := git ca-certificates libncursesw5-dev tmux
# For the tests of the page in a browser, which are skipped where it cannot be installed.
TEST_PACKAGES := chromium
SCREENSHOT_PACKAGES := librsvg2-bin fonts-dejavu-core

# Installs those of the given packages that are not there; does nothing when all are.
define install_missing
missing=()
if command -v dpkg-query >/dev/null; then
  for package in $(1); do
    dpkg-query -W -f='$${Status}' "$$package" 2>/dev/null | grep -q '^install ok installed$$' || missing+=("$$package")
  done
fi
if (($${#missing[@]})); then
  echo "installing $${missing[*]}" >&2
  as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || { echo "please install as root: apt-get install $${missing[*]}" >&2; exit 1; }
    as_root=(sudo)
  fi
  "$${as_root[@]}" apt-get update -qq
  "$${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends "$${missing[@]}" >&2
fi
endef

.PHONY: help
help: ## lists what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: setup
setup: ## installs what is missing, by apt-get
	@command -v swift >/dev/null || { echo "Swift 6.2 or newer is needed: https://www.swift.org/install" >&2; exit 1; }
	$(call install_missing,$(PACKAGES))

.PHONY: build
build: setup ## builds the release binary
	@echo "building synscope (the first time takes a few minutes)" >&2
	# Colours would be another way to compile, so that a build in a terminal and one outside would undo each other.
	swift build -c release --product synscope --quiet --no-color-diagnostics >&2

.PHONY: run
run: build ## opens the workbench on syn/part5; without a terminal, checks it
	@if [[ -t 0 && -t 1 && "$${TERM:-dumb}" != dumb ]]; then exec $(BINARY) syn/part5; fi
	status=0
	$(BINARY) check syn/part5 || status=$$?
	# 12 is a violation found, which is what this model is for.
	((status == 12)) || { echo "synscope check syn/part5 ended with $$status instead of 12" >&2; exit 1; }
	echo
	echo "The violation above is the phantom that syn/part5 is made to show."
	echo "To walk through it in the workbench, run this in a terminal: $(BINARY) syn/part5"

.PHONY: test
test: build ## builds everything and runs every test
	@($(call install_missing,$(TEST_PACKAGES))) || echo "without $(TEST_PACKAGES): the tests that need it are skipped" >&2
	swift build --build-tests --quiet --no-color-diagnostics
	# The terminal and command-line tests run the release binary; the whole output is kept in .build/test.log.
	SYNSCOPE_BINARY="$$PWD/$(BINARY)" swift test --skip-build 2>&1 | tee .build/test.log |
	  awk '/^(◇|✔ (Test|Suite) )/ && !/^✔ Test run/ { next }
	       / (started|passed after [0-9.]+ seconds)\.$$/ && !/^✔ Test run/ { next }
	       /^Test Suite |Executed 0 tests|^\[[0-9]+\/[0-9]+\]|Testing Library Version|Target Platform/ { next }
	       { print; fflush() }'

.PHONY: lint
lint: setup ## checks the layout and the imports; warnings are errors
	@swift format lint --strict --recursive Package.swift Sources Tests
	swift build --build-tests --quiet --no-color-diagnostics --explicit-target-dependency-import-check error

.PHONY: bench
bench: build ## times syn/part3b, and TLC beside it with TLC_JAR=…
	@milliseconds() { echo $$(($${EPOCHREALTIME/[.,]/} / 1000)); }
	copy=$$(mktemp -d)
	trap 'rm -rf "$$copy"' EXIT
	cp Models/syn/part3b.tla Models/syn/part3b.cfg "$$copy"
	compare=false
	if [[ -n '$(TLC_JAR)' ]]; then
	  command -v java >/dev/null || { echo "TLC needs java" >&2; exit 1; }
	  [[ -f '$(TLC_JAR)' ]] || { echo "there is no $(TLC_JAR)" >&2; exit 1; }
	  compare=true
	fi
	echo "syn/part3b, safety only, whole process, one worker each, milliseconds"
	for ((pair = 1; pair <= $(PAIRS); pair++)); do
	  start=$$(milliseconds)
	  $(BINARY) check syn/part3b --no-liveness --workers 1 --json >"$$copy/synscope.json"
	  synscope=$$(($$(milliseconds) - start))
	  grep -qE '"generated" *: *1782413\b' "$$copy/synscope.json" || { echo "synscope's count is wrong" >&2; exit 1; }
	  if ! $$compare; then echo "synscope $$synscope"; continue; fi
	  start=$$(milliseconds)
	  (cd "$$copy" && java -XX:+UseParallelGC -cp '$(abspath $(TLC_JAR))' tlc2.TLC -workers 1 -metadir "$$copy/$$pair" part3b.tla) >"$$copy/tlc.out"
	  tlc=$$(($$(milliseconds) - start))
	  grep -q '^1782413 states generated' "$$copy/tlc.out" || { echo "TLC's count is wrong" >&2; exit 1; }
	  awk -v s="$$synscope" -v t="$$tlc" 'BEGIN { printf "synscope %d  TLC %d  ratio %.1f\n", s, t, t / s }'
	done
	if ! $$compare; then echo "(TLC was not run: make bench TLC_JAR=/path/to/tla2tools.jar)"; fi

.PHONY: explorations
explorations: build ## repeats the long checks of Models/syn/README.md, in twenty minutes
	@swift build --build-tests --quiet --no-color-diagnostics
	SYNSCOPE_EXPLORATIONS=1 SYNSCOPE_BINARY="$$PWD/$(BINARY)" swift test --skip-build --filter ExplorationTests

.PHONY: fuzz
fuzz: setup ## gives READER (module, configuration, trace, session, specification) what libFuzzer makes, for SECONDS
	@case '$(READER)' in
	  module | specification) pattern='*.tla' ;;
	  configuration) pattern='*.cfg' ;;
	  trace | session) pattern='*.json' ;;
	  *) echo "READER is module, configuration, trace, session or specification" >&2; exit 1 ;;
	esac
	echo "building with libFuzzer (the first time takes a few minutes)" >&2
	swift build -c release --scratch-path $(FUZZ) --target Traces -Xswiftc -sanitize=fuzzer --quiet >&2
	# Only code compiled as part of the package sees `package` declarations. The package is named after the folder.
	package=$$(basename "$$PWD" | tr '[:upper:]' '[:lower:]' | tr -c 'a-z0-9\n' _)
	swiftc -O -sanitize=fuzzer -parse-as-library -package-name "$$package" -module-name Fuzzer -I $(FUZZ)/release/Modules \
	  Tests/LibFuzzer/*.swift Tests/TracesTests/Fuzzing/{FuzzTarget,SpecificationWalk}.swift \
	  $(FUZZ)/release/{TLASyntax,TLASemantics,StateSpace,Traces,BigInt}.build/*.o -o $(FUZZ)/fuzzer
	seeds=$(FUZZ)/seeds/$(READER)
	found=$(FUZZ)/found/$(READER)
	inputs=$(FUZZ)/inputs/$(READER)
	mkdir -p "$$seeds" "$$found" "$$inputs"
	while read -r file; do
	  seed="$$seeds/$${file//\//-}"
	  cp "$$file" "$$seed"
	  # A module's configuration stands behind it, after a NUL.
	  if [[ '$(READER)' == specification && -f "$${file%.tla}.cfg" ]]; then { printf '\0'; cat "$${file%.tla}.cfg"; } >>"$$seed"; fi
	done < <(find Models Tests -name "$$pattern")
	# libFuzzer itself reports what ends the process, and keeps the input.
	SWIFT_BACKTRACE=enable=no SYNSCOPE_FUZZ_TARGET='$(READER)' $(FUZZ)/fuzzer "$$inputs" "$$seeds" -max_total_time=$(SECONDS) -timeout=25 -detect_leaks=0 \
	  -max_len=6000 -rss_limit_mb=4000 -artifact_prefix="$$found/"

.PHONY: differential
differential: build ## compares COUNT random KIND (expressions, modules, orders; pairs and records: what the tests read) from SEED on with TLC_JAR=…
	@command -v javac >/dev/null || { echo "TLC needs java, and its driver javac" >&2; exit 1; }
	[[ -f '$(TLC_JAR)' ]] || { echo "make differential TLC_JAR=/path/to/tla2tools.jar" >&2; exit 1; }
	swift build -c release --product differential --quiet --no-color-diagnostics >&2
	KIND='$(KIND)' SEED='$(SEED)' COUNT='$(COUNT)' TLC_JAR='$(abspath $(TLC_JAR))' SYNSCOPE_BINARY="$$PWD/$(BINARY)" \
	  DIFFERENTIAL_FOLDER="$$PWD/.build/differential" .build/release/differential

.PHONY: screenshots
screenshots: setup ## draws the pictures of the README anew
	@$(call install_missing,$(SCREENSHOT_PACKAGES))
	SYNSCOPE_SCREENSHOTS="$$PWD/screenshots" swift test --quiet --no-color-diagnostics --filter ScreenshotTests
	for picture in screenshots/*.svg; do
	  rsvg-convert --zoom 1.5 "$$picture" -o "$${picture%.svg}.png"
	  echo "$$picture"
	done

.PHONY: install
install: build ## installs the binary and the models under PREFIX (/usr/local)
	@install -D -m 755 $(BINARY) '$(DESTDIR)$(PREFIX)/bin/synscope'
	rm -rf '$(DESTDIR)$(PREFIX)/share/synscope/Models'
	mkdir -p '$(DESTDIR)$(PREFIX)/share/synscope'
	cp -R Models '$(DESTDIR)$(PREFIX)/share/synscope/Models'
	echo "installed $(DESTDIR)$(PREFIX)/bin/synscope; its models are in $(DESTDIR)$(PREFIX)/share/synscope/Models"

.PHONY: clean
clean: ## removes what was built
	@rm -rf .build
