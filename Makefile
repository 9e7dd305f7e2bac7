# Everything that is done with this repository. `make help` lists it.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:

PREFIX ?= /usr/local
# What `make bench` times, how often, with how many workers, and on which clock: Tests/Bench/run.sh explains these.
MODELS ?=
PAIRS ?= 3
WORKERS ?= 1 2
CLOCK ?= wall
CORPUS ?=
LIST ?=
# A tla2tools.jar, for `make bench` and `make differential` to compare with.
TLC_JAR ?=
# What `make differential` compares, how much of it, and the first of the seeds.
KIND ?= expressions
COUNT ?= 10000
SEED ?= 1
# The random steps of `make explorations`; SEED is the seed of the walks, too.
STEPS ?= 10000000
# What `make fuzz` gives texts to, and for how long.
READER ?= module
SECONDS ?= 600
FUZZ := .build-fuzz
# The tests that `make explorations` runs are optimized: they walk more than five times as fast.
EXPLORATIONS := .build-explorations

BINARY := .build/release/synscope
# Swift's runtime, libstdc++, libgcc and ncurses become part of the release binary: it then needs only the C library. The folder holds
# links to the archives alone, so that the linker does not find the shared libraries first. What has no archive here stays shared.
ARCHIVES := $(CURDIR)/.build/archives
RELEASE := -c release --static-swift-stdlib -Xswiftc -L$(ARCHIVES) -Xswiftc -Xclang-linker -Xswiftc -static-libgcc
# What `make dist` makes, and where.
DIST := .build/dist
# Debian's names of what is needed beside Swift: to build, and for the tests in a real terminal.
PACKAGES := git ca-certificates libncursesw5-dev tmux
# For the tests of the page in a browser and of machine code for arm64, which are skipped where these cannot be installed.
TEST_PACKAGES := chromium gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user
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

# Links those of the named archives that this machine has into ARCHIVES.
define link_archives
mkdir -p $(ARCHIVES)
compiler=$$(command -v clang || command -v gcc || command -v cc || true)
for archive in libstdc++.a libncursesw.a libtinfo.a; do
  place=$$([[ -z "$$compiler" ]] || "$$compiler" -print-file-name=$$archive)
  if [[ "$$place" == /* ]]; then ln -sf "$$place" $(ARCHIVES)/; fi
done
# Another archive of ncurses needs this one, and a shared ncurses does not mind.
terminfo=()
if [[ -e $(ARCHIVES)/libncursesw.a && -e $(ARCHIVES)/libtinfo.a ]]; then terminfo=(-Xlinker -ltinfo); fi
endef

.PHONY: build
build: setup ## builds the release binary
	@echo "building synscope (the first time takes a few minutes)" >&2
	$(link_archives)
	# Colours would be another way to compile, so that a build in a terminal and one outside would undo each other.
	swift build $(RELEASE) "$${terminfo[@]}" --product synscope --quiet --no-color-diagnostics >&2

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
bench: build ## times MODELS of Tests/Bench/models.tsv (all), and TLC beside them with TLC_JAR=…; CORPUS=… adds other specifications
	@PAIRS='$(PAIRS)' MODELS='$(MODELS)' WORKERS='$(WORKERS)' CLOCK='$(CLOCK)' CORPUS='$(CORPUS)' LIST='$(LIST)' \
	  TLC_JAR='$(TLC_JAR)' Tests/Bench/run.sh $(BINARY)

.PHONY: recorder-test
recorder-test: build ## records a small Erlang server (erlang-base) and judges its log
	@Tests/Recorder/run.sh $(BINARY)

.PHONY: explorations
explorations: build ## compares the executors in STEPS random steps, repeats the long checks of Models/syn/README.md: half an hour
	@echo "building the tests (the first time takes a quarter of an hour)" >&2
	optimized=(-c release -Xswiftc -enable-testing --scratch-path $(EXPLORATIONS))
	swift build --build-tests "$${optimized[@]}" --quiet --no-color-diagnostics >&2
	export SYNSCOPE_EXPLORATIONS=1 SYNSCOPE_WALK_STEPS='$(STEPS)' SYNSCOPE_WALK_SEED='$(SEED)' SYNSCOPE_BINARY="$$PWD/$(BINARY)"
	swift test --skip-build "$${optimized[@]}" --filter FlatWalkTests
	swift test --skip-build "$${optimized[@]}" --filter ExplorationTests

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
	$(link_archives)
	swift build $(RELEASE) "$${terminfo[@]}" --product differential --quiet --no-color-diagnostics >&2
	KIND='$(KIND)' SEED='$(SEED)' COUNT='$(COUNT)' TLC_JAR='$(abspath $(TLC_JAR))' SYNSCOPE_BINARY="$$PWD/$(BINARY)" \
	  DIFFERENTIAL_FOLDER="$$PWD/.build/differential" .build/release/differential

.PHONY: screenshots
screenshots: setup ## draws the pictures of the README anew
	@$(call install_missing,$(SCREENSHOT_PACKAGES))
	SYNSCOPE_SCREENSHOTS="$$PWD/screenshots" swift test --quiet --no-color-diagnostics --filter ScreenshotTests
	for picture in screenshots/*.svg; do
	  # A still picture says nothing of one in motion.
	  if [[ "$$picture" == */session.svg ]]; then continue; fi
	  rsvg-convert --zoom 1.5 "$$picture" -o "$${picture%.svg}.png"
	  echo "$$picture"
	done

# Puts the program and what belongs to it below a folder: $(1) is where it will be, such as /usr.
define stage
install -d "$(1)/bin" "$(1)/share/synscope" "$(1)/share/man/man1" "$(1)/share/doc/synscope"
install -m 755 $(BINARY) "$(1)/bin/synscope.new"
if command -v strip >/dev/null; then strip "$(1)/bin/synscope.new"; fi
# A running program keeps its file.
mv -f "$(1)/bin/synscope.new" "$(1)/bin/synscope"
rm -rf "$(1)/share/synscope/Models"
cp -R Models "$(1)/share/synscope/Models"
$(BINARY) manual | gzip -9n >"$(1)/share/man/man1/synscope.1.gz"
install -m 644 README.md GUIDE.md CHANGELOG.md "$(1)/share/doc/synscope"
complete() {
  install -d "$$2"
  $(BINARY) --generate-completion-script "$$1" >"$$2/$$3"
}
complete bash "$(1)/share/bash-completion/completions" synscope
complete zsh "$(1)/share/zsh/site-functions" _synscope
complete fish "$(1)/share/fish/vendor_completions.d" synscope.fish
endef

.PHONY: install
install: build ## installs the program, its models, manual and completions under PREFIX (/usr/local)
	@$(call stage,$(DESTDIR)$(PREFIX))
	echo "installed $(DESTDIR)$(PREFIX)/bin/synscope; its models are in $(DESTDIR)$(PREFIX)/share/synscope/Models"

.PHONY: dist
dist: build ## makes packages of the program that need no Swift: .tar.gz and .deb, in .build/dist
	@version=$$($(BINARY) --version)
	name="synscope-$$version-linux-$$(uname -m)"
	rm -rf $(DIST)
	$(call stage,$(DIST)/$$name)
	tar -C $(DIST) --owner=0 --group=0 --sort=name -czf "$(DIST)/$$name.tar.gz" "$$name"
	echo "$(DIST)/$$name.tar.gz"
	if ! command -v dpkg-deb >/dev/null; then echo "without dpkg-deb there is no .deb" >&2; exit 0; fi
	root="$(DIST)/deb"
	mkdir -p "$$root/DEBIAN"
	cp -R "$(DIST)/$$name" "$$root/usr"
	# Debian's zsh looks for the completions of packages there.
	mv "$$root/usr/share/zsh/site-functions" "$$root/usr/share/zsh/vendor-completions"
	libc=$$(grep -ao 'GLIBC_2\.[0-9]*' "$$root/usr/bin/synscope" | sort -uV | tail -1 | cut -d_ -f2)
	libraries="libc6 (>= $$libc), ncurses-base"
	if ldd "$$root/usr/bin/synscope" | grep -q ncursesw; then libraries+=", libncursesw6"; fi
	if ldd "$$root/usr/bin/synscope" | grep -q libstdc; then libraries+=", libstdc++6"; fi
	architecture=$$(dpkg --print-architecture)
	printf '%s\n' 'Package: synscope' "Version: $$version" "Architecture: $$architecture" "Depends: $$libraries" \
	  'Section: devel' 'Priority: optional' "Installed-Size: $$(du -sk "$$root/usr" | cut -f1)" \
	  'Maintainer: The Synscope authors <synscope@localhost>' \
	  'Description: a workbench for exploring the traces of models written in TLA+' \
	  ' A terminal workbench, a model checker and a guided tour for specifications in TLA+.' >"$$root/DEBIAN/control"
	package="$(DIST)/synscope_$${version}_$$architecture.deb"
	dpkg-deb --build --root-owner-group "$$root" "$$package" >/dev/null
	rm -rf "$$root" "$(DIST)/$$name"
	echo "$$package"

.PHONY: clean
clean: ## removes what was built
	@rm -rf .build $(EXPLORATIONS)
