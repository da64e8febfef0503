# make prints what there is. Every check runs alone; what can be mended has a mending twin.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# A recipe that begins with $(JDK) runs on the JDK that .ci/find-jdk finds, or says what to install.
JDK := JAVA_HOME="$$(.ci/find-jdk)"; export JAVA_HOME;
MVN := mvn -B -ntp -Dstyle.color=never
# Warnings and errors only; -q would hide the warning that fails a compilation.
MVN_TERSE := $(MVN) -Dorg.slf4j.simpleLogger.defaultLogLevel=warn
JAVA := "$$JAVA_HOME"/bin/java --enable-native-access=ALL-UNNAMED

# The jar of the command line holds the library and all it needs; the simulated disk is among the library's tests.
CRASH_CLASSES := target/nori-wal-crash-tests/classes:target/nori-wal/test-classes:target/nori-wal-cli/nori-wal-cli.jar

##@ Everyday

.PHONY: help
help: ## Print this list
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@/ { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build
build: ## Compile everything and package the jars, without running tests
	@$(JDK) $(MVN_TERSE) -DskipTests package

.PHONY: run
run: ## Build what it needs and run the main job (SEED=n repeats the kills of another run)
	@$(JDK) $(MVN_TERSE) -DskipTests -pl :nori-wal-crash-tests -am package
	@$(JDK) $(JAVA) -cp $(CRASH_CLASSES) dev.nori.wal.crash.MainJob $(if $(SEED),--seed $(SEED))

.PHONY: test
test: ## Compile everything and run all tests
	@$(JDK) $(MVN) verify

.PHONY: clean
clean: ## Delete everything that was built
	@rm -rf target

##@ Crashes

CRASH := $(JAVA) -cp $(CRASH_CLASSES) dev.nori.wal.crash.run.CrashRun --directory target/crash

.PHONY: crash
crash: build ## Crash the log on every level this machine has, and hunt the mutants (LEVELS=L1,L4 for some, SEED=n)
	@$(JDK) $(CRASH) --short $(if $(LEVELS),--levels $(LEVELS)) $(if $(SEED),--seed $(SEED))

# Root on a Linux with /dev/fuse, loop devices, mkfs and the right to mount can run every level, so none may be skipped there.
CRASH_REQUIRED := $(shell test "$$(id -u)" = 0 -a -w /dev/fuse -a -w /dev/loop-control -a -x "$$(command -v mkfs.ext4)" \
  && losetup -f > /dev/null 2>&1 && unshare -m true 2> /dev/null && echo L1,L2,L3,L4,L5 || echo L1,L4,L5)

.PHONY: crash-ci
crash-ci: build ## A version for every change, six minutes: all levels, the first mutants of each
	@$(JDK) $(CRASH) --minutes 3 --mutants-per-level 3 --require $(CRASH_REQUIRED) $(if $(SEED),--seed $(SEED))

.PHONY: crash-long
crash-long: build ## The same for a while, without the mutants (MINUTES=60, LEVELS=, SEED=)
	@$(JDK) $(CRASH) --minutes $(or $(MINUTES),60) --no-mutants $(if $(LEVELS),--levels $(LEVELS)) $(if $(SEED),--seed $(SEED))

.PHONY: crash-replay
crash-replay: build ## Repeat a run (SEED=n LEVELS=L4; TRIAL=n for one trial of it)
	@$(JDK) $(CRASH) --no-mutants --levels $(LEVELS) --seed $(SEED) $(if $(TRIAL),--trial $(TRIAL))

.PHONY: crash-example
crash-example: build ## Kill a small key-value store and cut its power, and catch two that break their promise (SEED=n)
	@$(JDK) $(JAVA) -cp $(CRASH_CLASSES) dev.nori.wal.crash.example.ExampleRun $(SEED)

.PHONY: crash-speed
crash-speed: build ## How many crash states a second the simulated disk judges, once warm (ROUNDS=10)
	@$(JDK) $(JAVA) -cp $(CRASH_CLASSES) dev.nori.wal.crash.sim.SimulationSpeed $(or $(ROUNDS),10)

.PHONY: stress
stress: build ## 64 writers with readers behind them for a while, every record compared (SECONDS=60)
	@$(JDK) $(JAVA) -cp $(CRASH_CLASSES) dev.nori.wal.crash.stress.StressRun $(or $(SECONDS),60)

.PHONY: jcstress
jcstress: build ## Race the handoff between threads with jcstress, then its mutants, which must be seen (MODE=quick)
	@$(JDK) $(JAVA) -jar target/nori-wal-races/races.jar $(or $(MODE),quick)

.PHONY: crash-deps
crash-deps: ## Install what the levels on real file systems need (Debian: xfsprogs, btrfs-progs)
	@command -v mkfs.xfs mkfs.btrfs > /dev/null || { apt-get update -qq && apt-get install -y -qq xfsprogs btrfs-progs; }

##@ Benchmarks

BENCH_JAR := target/nori-wal-native-bench/benchmarks.jar
BENCH_FIGURES := target/bench-figures
# Forked JVMs take the class path, not the jar's manifest.
BENCH_JAVA := $(JAVA) -Djava.awt.headless=true --sun-misc-unsafe-memory-access=allow -cp $(BENCH_JAR)
PEERS := 'target/nori-wal-peers/lib/*:target/nori-wal-peers/classes'

.PHONY: bench-jar
bench-jar:
	@$(JDK) $(MVN_TERSE) -DskipTests -pl :nori-wal-native-bench -am package

.PHONY: bench-quick
bench-quick: bench-jar ## Each row of the design beside its limit, 4 to 6 minutes (BENCH=regex for some)
	@$(JDK) $(BENCH_JAVA) dev.nori.wal.bench.headline.Bench headline $(BENCH_FIGURES)/headline.json $(if $(BENCH),'$(BENCH)')

.PHONY: bench
bench: bench-jar ## All JMH benchmarks (BENCH=regex for some, BENCH_OPTIONS= for JMH), hours
	@mkdir -p $(BENCH_FIGURES)
	@$(JDK) $(BENCH_JAVA) dev.nori.wal.bench.jmh.JmhRun $(BENCH_FIGURES)/jmh.json $(BENCH_OPTIONS) $(if $(BENCH),'$(BENCH)')

.PHONY: bench-latency
bench-latency: bench-jar ## How long one append takes, to the 99.99th percentile (BENCH=regex), 12 minutes
	@$(JDK) $(BENCH_JAVA) dev.nori.wal.bench.headline.Bench latency $(BENCH_FIGURES)/latency.json $(if $(BENCH),'$(BENCH)')

.PHONY: bench-peers
bench-peers: ## Other logs doing the same work, their flushes counted (BENCH=regex; root for the count), 10 minutes
	@$(JDK) $(MVN_TERSE) -DskipTests -Ppeers -pl :nori-wal-peers -am package
	@$(JDK) $(JAVA) -cp $(PEERS) dev.nori.wal.peers.PeerBench $(BENCH_FIGURES)/peers.json $(if $(BENCH),'$(BENCH)')

.PHONY: bench-report
bench-report: bench-jar ## Write what was measured into docs/benchmarks, as tables and pictures
	@$(JDK) $(BENCH_JAVA) dev.nori.wal.bench.report.WriteReport $(BENCH_FIGURES) docs/benchmarks

##@ Limits

.PHONY: small-heap
small-heap: ## Append, follow and replay a log of 4 GiB with 64 MiB of heap and 16 MiB of direct memory (MIB=4096)
	@$(JDK) $(MVN_TERSE) -DskipTests -pl :nori-wal-crash-tests -am package
	@$(JDK) $(JAVA) -Xmx64m -XX:MaxDirectMemorySize=16m -cp $(CRASH_CLASSES) dev.nori.wal.crash.heap.SmallHeap --mib $(or $(MIB),4096)

##@ Damage

.PHONY: damage
damage: ## Damage small logs in every way there is: every bit, every cut (a quarter of an hour)
	@$(JDK) $(MVN) -pl :nori-wal -Dtest='EveryDamageOfASmallLogTest,SalvageOfASmallLogTest,VerifiedDamageTest' -Dnori.damage=all test

.PHONY: fuzz
fuzz: build ## Look for bytes that break recovery, with Jazzer (MINUTES=10, TARGETS="Frame Value")
	@$(JDK) .ci/fuzz $(or $(MINUTES),10) $(TARGETS)

##@ Checks

.PHONY: check
check: check-format check-arrows check-javadoc ## Run all the checks below

.PHONY: check-format
check-format: ## Is the code formatted? (make fmt mends it)
	@$(JDK) $(MVN_TERSE) -N spotless:check

.PHONY: check-lint
check-lint: ## Compile with every warning an error: javac, Error Prone, nullness
	@$(JDK) $(MVN_TERSE) test-compile

.PHONY: check-arrows
check-arrows: check-lint ## Does a room call only the rooms below it?
	@$(JDK) $(MVN) -pl :nori-wal -Dtest=ArrowsTest test

.PHONY: check-javadoc
check-javadoc: ## Is the Javadoc sound, that of the inner rooms included?
	@$(JDK) $(MVN_TERSE) -pl :nori-wal -Dshow=package -Djavadoc.packages=all process-classes javadoc:javadoc-no-fork

.PHONY: fmt
fmt: ## Format the code
	@$(JDK) $(MVN_TERSE) -N spotless:apply
