"""run every test, or the suites named

Builds first. Prints, for each failure, the command that repeats it, and ends with the count.

Examples:
  tools/dev test
  tools/dev test base_test tests/architecture
"""

import argparse
import concurrent.futures
import dataclasses
import time

from devtool import cmake, node, packages, typescript
from devtool.context import Context, Trouble
from devtool.show import duration, step
from devtool.suites import catch2, fuzz, python
from devtool.suites import node as node_suites
from devtool.suites.report import Failure, Report, Suite

RANK = 30
RELEASE, SANITIZED, RACES = "release", "asan", "tsan"
PRESETS = (RELEASE, SANITIZED, RACES, fuzz.LIBFUZZER)
# The libraries in which threads meet: what ThreadSanitizer looks at.
CONCURRENT = ("cache", "changelog", "feeds", "http", "idempotency", "postgres", "redis", "rpc",
              "service", "telemetry")
# What only tests need, of Debian's packages: 300 MB that `tools/dev up` can do without.
FOR_TESTS = ("chromium",)
# What libFuzzer needs besides, with --all.
FOR_FUZZING = ("clang-14", "libclang-rt-14-dev")
# Each suite may start servers of its own; more at once only slows all of them on two cores.
AT_ONCE = 2


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("suites", nargs="*", metavar="suite",
                        help="parts of names of suites (default: all)")
    parser.add_argument("--all", action="store_true",
                        help="the long ones too: long cases, everything under ASan and UBSan, "
                             "libraries with threads under TSan, fuzz targets under libFuzzer")


def run(context: Context, arguments: argparse.Namespace) -> int:
    packages.ensure(context, extra=FOR_TESTS + (FOR_FUZZING if arguments.all else ()))
    node.ensure(context)
    known = _suites(context, arguments.all)
    names = [name.rstrip("/") for name in arguments.suites]
    chosen = [suite for suite in known if not names or any(name in suite.name for name in names)]
    if not chosen:
        raise Trouble("no suite has such a name. There are:\n  "
                      + "\n  ".join(suite.name for suite in known))
    _build(context, chosen, everything=not names)
    with step(f"running {len(chosen)} suites"):
        reports = _run_all(chosen)
    return _conclude(reports)


def _suites(context: Context, everything: bool) -> list[Suite]:
    """All suites; with sanitizers those of libs/ and of the services' domain/ only, and of fuzz
    targets their corpora, unless everything is wanted."""
    for preset in PRESETS if everything else (RELEASE, SANITIZED):
        cmake.configure(context, preset)
    cheap = {*_tests_of(context, "libs", "test"), *_tests_of(context, "services", "domain_test")}
    sanitized = [suite for suite in catch2.find(context, SANITIZED, long=False)
                 if everything or suite.target in cheap]
    if everything:
        concurrent_tests = {f"{library}_test" for library in CONCURRENT}
        sanitized += [suite for suite in catch2.find(context, RACES, long=False)
                      if suite.target in concurrent_tests]
        sanitized += fuzz.find(context, fuzz.LIBFUZZER)
    sanitized += fuzz.find(context, SANITIZED)
    return (catch2.find(context, RELEASE, everything) + python.find(context)
            + node_suites.find(context, everything) + sanitized)


def _tests_of(context: Context, parent: str, kind: str) -> list[str]:
    """Names of test programs, by the folders below `parent`."""
    return [f"{folder.name}_{kind}" for folder in (context.root / parent).iterdir()]


def _build(context: Context, suites: list[Suite], everything: bool) -> None:
    """Builds what the suites run; journeys run the services themselves."""
    for preset in PRESETS:
        targets = [suite.target for suite in suites if suite.preset == preset]
        if preset == RELEASE and (everything or any(suite.journey for suite in suites)):
            cmake.build(context, [], preset)
        elif targets:
            cmake.build(context, targets, preset)
    if any(suite.client for suite in suites):
        typescript.ensure(context)


@dataclasses.dataclass(frozen=True)
class _Timed:
    report: Report
    seconds: float


def _timed(suite: Suite) -> _Timed:
    start = time.monotonic()
    return _Timed(suite.run(), time.monotonic() - start)


def _run_all(suites: list[Suite]) -> list[Report]:
    width = max(len(suite.name) for suite in suites)
    reports = []
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        running = {pool.submit(_timed, suite): suite for suite in suites}
        for future in concurrent.futures.as_completed(running):
            done = future.result()
            reports.append(done.report)
            failed = len(done.report.failures)
            # Not the form of the last line: that one stands alone.
            print(f"   {running[future].name:<{width}}  {done.report.passed:4} ok"
                  f"{f'  {failed} NOT' if failed else ''}  {duration(done.seconds)}", flush=True)
            for failure in done.report.failures:
                _print_failure(failure)
    return reports


def _print_failure(failure: Failure) -> None:
    text = failure.text.replace("\n", "\n      ")
    print(f"\n   FAILED: {failure.name}\n      {text}\n   repeat: {failure.repeat}\n", flush=True)


def _conclude(reports: list[Report]) -> int:
    passed = sum(report.passed for report in reports)
    skipped = sum(report.skipped for report in reports)
    failures = [failure for report in reports for failure in report.failures]
    if failures:
        print("\nTo repeat what failed:")
        for failure in failures:
            print(f"  {failure.repeat}")
    print(f"\n{passed} passed, {len(failures)} failed"
          + (f", {skipped} skipped" if skipped else ""), flush=True)
    return 1 if failures or not passed else 0
