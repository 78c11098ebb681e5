"""The journeys and other tests written for Node.js: *.test.mjs in the folders of tests/."""

import pathlib
import shlex
import tempfile
import xml.etree.ElementTree as xml

from devtool.context import Context
from devtool.suites.report import Ended, Failure, Report, Suite, crashed, execute

# Files with this ending run only with --all.
LONG = ".long.test.mjs"


def find(context: Context, long: bool) -> list[Suite]:
    """A suite per *.test.mjs below tests/ and libs/typescript."""
    files = [file.relative_to(context.root)
             for parent in ("tests", "libs/typescript")
             for file in sorted((context.root / parent).rglob("*.test.mjs"))
             if "node_modules" not in file.parts]
    return [_suite(context, file) for file in files if long or not file.name.endswith(LONG)]


def _suite(context: Context, file: pathlib.Path) -> Suite:
    return Suite(str(file), lambda: _run(context, file), journey=file.parts[0] == "tests",
                 client=True)


def _run(context: Context, file: pathlib.Path) -> Report:
    with tempfile.TemporaryDirectory(prefix="guildhall-") as folder:
        out = pathlib.Path(folder) / "report.xml"
        ended = execute(["env", f"GUILDHALL_STATE={context.state}", "node", "--test",
                         "--test-reporter=spec", "--test-reporter-destination=stdout",
                         "--test-reporter=junit", f"--test-reporter-destination={out}",
                         str(file)], context.root)
        text = out.read_text(errors="replace") if out.exists() else ""
    return read_report(file, text, ended)


def read_report(file: pathlib.Path, text: str, ended: Ended) -> Report:
    """Counts the cases of node's JUnit report; a file without any is a failure."""
    try:
        cases = list(xml.fromstring(text).iter("testcase"))
    except xml.ParseError:
        cases = []
    skipped = sum(case.find("skipped") is not None for case in cases)
    failed = [case for case in cases if case.find("failure") is not None]
    # What a file did outside its cases is reported as a case of the file's name, without a reason.
    failures = [_failure(file, case) for case in failed if case.get("name") != str(file)]
    passed = len(cases) - skipped - len(failed)
    if not cases or ended.trouble or (ended.code != 0 and not failures):
        failures.append(crashed(str(file), ended, f"node --test {file}"))
    return Report(passed, skipped, failures)


def _failure(file: pathlib.Path, case: xml.Element) -> Failure:
    name = case.get("name")
    return Failure(name, (case.findtext("failure") or "").strip(),
                   f"node --test --test-name-pattern={shlex.quote(name)} {file}")
