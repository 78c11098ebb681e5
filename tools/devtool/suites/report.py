"""What a suite answers, and what the kinds of suites have in common."""

import dataclasses
import pathlib
import signal
import subprocess
from collections.abc import Callable

# A suite that hangs is a failure; the slowest one, the journeys, takes two minutes on two cores.
LIMIT_SECONDS = 1800
# A test that started a stack stops it: services drain.
END_SECONDS = 60
# Enough of a crashed program's output to see why.
TAIL_CHARACTERS = 4000


@dataclasses.dataclass(frozen=True)
class Failure:
    """One test case that failed, and the command that runs it again."""

    name: str
    text: str
    repeat: str


@dataclasses.dataclass(frozen=True)
class Report:
    """What came out of one suite."""

    passed: int
    skipped: int
    failures: list[Failure]


@dataclasses.dataclass(frozen=True)
class Suite:
    """Something that runs tests: `name` is what `tools/dev test <name>` selects."""

    name: str
    run: Callable[[], Report]
    # The CMake target to build first and its preset, if it is a program.
    target: str = ""
    preset: str = ""
    # Whether it runs the services themselves.
    journey: bool = False
    # Whether it uses the npm package.
    client: bool = False


@dataclasses.dataclass(frozen=True)
class Ended:
    """How a test program ended: its output and, if it did not end well by itself, why."""

    code: int
    output: str
    trouble: str


def execute(command: list[str], folder: pathlib.Path) -> Ended:
    """Runs a test program in `folder` without standard input, within the limit."""
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace") as process:
        try:
            output, _ = process.communicate(timeout=LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            # SIGTERM first: a test that started a server ends it.
            process.terminate()
            try:
                output, _ = process.communicate(timeout=END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                output, _ = process.communicate()
            return Ended(-1, output, f"did not end within {LIMIT_SECONDS} s")
    if process.returncode < 0:
        name = signal.Signals(-process.returncode).name
        return Ended(process.returncode, output, f"was ended by {name}")
    return Ended(process.returncode, output, "")


def crashed(name: str, ended: Ended, repeat: str) -> Failure:
    """The failure of a whole program that did not report on its cases."""
    why = ended.trouble or f"exit code {ended.code} without a report"
    return Failure(name, f"{why}\n{ended.output[-TAIL_CHARACTERS:]}", repeat)
