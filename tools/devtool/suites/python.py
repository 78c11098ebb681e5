"""The tests of the tools and the checks, written with Python's unittest."""

import re
import sys

from devtool.context import Context
from devtool.suites.report import Ended, Failure, Report, Suite, crashed, execute

RAN = re.compile(r"^Ran (\d+) tests? in", re.MULTILINE)
COUNT = re.compile(r"(failures|errors|skipped|expected failures)=(\d+)")
# "FAIL: test_it_bites (architecture.rules_test.RulesTest.test_it_bites)", then its docstring.
FAILED = re.compile(r"^=+\n(?:FAIL|ERROR): (\S+) \(([^)]*)\)\n(.*?)(?=^=+\n|^-+\nRan )",
                    re.MULTILINE | re.DOTALL)


def find(context: Context) -> list[Suite]:
    """A suite per package of tools/ and tests/ that has *_test.py files."""
    packages = {file.relative_to(context.root).parts[:2]
                for parent in ("tools", "tests")
                for file in (context.root / parent).rglob("*_test.py")}
    return [_suite(context, *package) for package in sorted(packages)]


def _suite(context: Context, parent: str, package: str) -> Suite:
    return Suite(f"{parent}/{package}", lambda: _run(context, parent, package),
                 journey=package == "journeys")


def _run(context: Context, parent: str, package: str) -> Report:
    # tools/ is on the path everywhere: the checks share its helpers.
    path = f"PYTHONPATH={context.root}/tools:{context.root}/{parent}"
    state = f"GUILDHALL_STATE={context.state}"
    command = ["env", path, state, sys.executable, "-B", "-m", "unittest"]
    ended = execute([*command, "discover", "-s", f"{parent}/{package}", "-t", parent,
                     "-p", "*_test.py"], context.root)
    return read_report(f"{parent}/{package}", ended, " ".join(command))


def read_report(name: str, ended: Ended, command: str) -> Report:
    """Counts what unittest says; a run without tests is a failure."""
    ran = RAN.search(ended.output)
    if not ran or ended.trouble or ran[1] == "0":
        return Report(0, 0, [crashed(name, ended, f"{command} discover")])
    counts = dict(COUNT.findall(ended.output.splitlines()[-1]))
    # A module that cannot be imported is reported under a name that unittest cannot run again.
    failures = [Failure(case, text.strip(), f"{command} {path}")
                for case, path, text in FAILED.findall(ended.output)]
    skipped = int(counts.get("skipped", 0))
    bad = int(counts.get("failures", 0)) + int(counts.get("errors", 0))
    if ended.code != 0 and not failures:
        failures.append(crashed(name, ended, command))
    return Report(max(int(ran[1]) - skipped - bad, 0), skipped, failures)
