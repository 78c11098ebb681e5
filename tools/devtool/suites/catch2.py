"""The C++ test programs that CMake declares; each is a suite."""

import json
import pathlib
import shlex
import subprocess
import tempfile
import xml.etree.ElementTree as xml

from devtool.context import Context
from devtool.suites.report import Ended, Failure, Report, Suite, crashed, execute

# Cases with this hidden tag run only with --all.
LONG = "[.long]"
# How programs of a preset are run.
RUN = {"tsan": "env TSAN_OPTIONS='ignore_noninstrumented_modules=1 suppressions={root}/tools/build/"
               "tsan.supp' "}


def find(context: Context, preset: str, long: bool) -> list[Suite]:
    """A suite per ctest entry of a configured tree; with `long`, hidden long cases run too."""
    return [_suite(context, preset, name, long) for name in declared(context, preset)
            if not name.endswith("_fuzz")]


def declared(context: Context, preset: str) -> dict[str, list[str]]:
    """The commands of ctest's entries by name; empty where the program is not built yet."""
    tree = context.state / "build" / preset
    listing = subprocess.run(["ctest", "--show-only=json-v1", "--test-dir", tree],
                             capture_output=True, text=True, check=True)
    return {test["name"]: test.get("command", [])
            for test in json.loads(listing.stdout)["tests"]}


def _suite(context: Context, preset: str, target: str, long: bool) -> Suite:
    name = target if preset == "release" else f"{target}.{preset}"
    return Suite(name, lambda: _run(context, preset, name, target, long), target, preset)


def _run(context: Context, preset: str, name: str, target: str, long: bool) -> Report:
    command = declared(context, preset)[target]
    # guildhall_test declares a program without arguments; whatever has some is not Catch2.
    if len(command) > 1:
        return _plain(context, name, command)
    tree = context.state / "build" / preset
    program = RUN.get(preset, "").format(root=context.root) + shlex.quote(command[0])
    specs = [[], [LONG]] if long else [[]]
    return _merge([_catch2(context, tree, name, program, spec) for spec in specs])


def _merge(reports: list[Report]) -> Report:
    return Report(sum(report.passed for report in reports), 0,
                  [failure for report in reports for failure in report.failures])


def _plain(context: Context, name: str, command: list[str]) -> Report:
    ended = execute(command, context.root)
    if ended.code == 0:
        return Report(1, 0, [])
    return Report(0, 0, [crashed(name, ended, shlex.join(command))])


def _catch2(context: Context, tree: pathlib.Path, name: str, program: str,
            spec: list[str]) -> Report:
    with tempfile.TemporaryDirectory(prefix="guildhall-") as folder:
        file = pathlib.Path(folder) / "report.xml"
        ended = execute([*shlex.split(program), *spec, "-r", "xml", "-o", str(file)], context.root)
        text = file.read_text(errors="replace") if file.exists() else ""
    return read_report(name, program, text, ended, tree)


def read_report(name: str, program: str, text: str, ended: Ended, tree: pathlib.Path) -> Report:
    """Counts the cases in Catch2's XML; a program that broke off is one failure more."""
    passed, failures, last = 0, [], ""
    parser = xml.XMLPullParser(["end"])
    try:
        parser.feed(text)
        for _, element in parser.read_events():
            if element.tag != "TestCase":
                continue
            last = element.get("name")
            if element.find("OverallResult").get("success") == "true":
                passed += 1
            else:
                failures.append(_failure(program, element, tree))
        parser.close()
    except xml.ParseError:
        pass
    if ended.trouble or (ended.code != 0 and not failures):
        where = f"{name} (after {last!r})" if last else name
        failures.append(crashed(where, ended, program))
    return Report(passed, 0, failures)


def _failure(program: str, case: xml.Element, tree: pathlib.Path) -> Failure:
    name = case.get("name")
    spec = name.replace("\\", "\\\\").replace(",", "\\,").replace("[", "\\[")
    return Failure(name, "\n".join(_explain(case, tree, "")),
                   f"{program} {shlex.quote(spec)}")


def _explain(element: xml.Element, tree: pathlib.Path, section: str) -> list[str]:
    """One paragraph for each thing that Catch2 found wrong below `element`."""
    lines = []
    for child in element:
        if child.tag == "Section":
            lines += _explain(child, tree, child.get("name"))
        elif child.tag in ("Info", "Warning"):
            lines.append(f"  note: {(child.text or '').strip()}")
        elif child.tag in ("Expression", "Exception", "Failure", "FatalErrorCondition"):
            lines.append(f"{_place(child, tree)}: {_complaint(child)}"
                         + (f" (in {section!r})" if section else ""))
            lines += _explain(child, tree, section)
    return lines


def _complaint(element: xml.Element) -> str:
    if element.tag != "Expression":
        return f"{element.tag.lower()}: {(element.text or '').strip()}"
    original = (element.findtext("Original") or "").strip()
    expanded = (element.findtext("Expanded") or "").strip()
    return f"{element.get('type')}( {original} ) with {expanded}"


def _place(element: xml.Element, tree: pathlib.Path) -> str:
    # ccache's base folder makes the compiler see paths relative to the build tree.
    file = (tree / element.get("filename", "")).resolve()
    return f"{file}:{element.get('line')}"
