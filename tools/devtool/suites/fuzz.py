"""The fuzz targets: their corpora are replayed, and libFuzzer looks for what is not in there."""

import os
import pathlib
import re
import secrets
import shlex
import subprocess
import tempfile

from devtool.context import Context
from devtool.suites import catch2
from devtool.suites.report import Ended, Failure, Report, Suite, execute

# The tree whose programs libFuzzer drives; any other one's replay the files that they are given.
LIBFUZZER = "fuzz"
ENDING = "_fuzz"
# Broken on purpose (libs/testing/fuzz): found, or nothing else is.
PLANTED = "planted_fuzz"
SECONDS = 20
# Of one input, where the program itself does not come to say that it took too long.
TIMEOUT_SECONDS = 10
# As libs/testing/fuzz/target.h has it.
LONGEST_INPUT = 256 << 10
# Of the whole process: what ASan keeps of freed memory, its shadow and libFuzzer's counters come
# on top of the 64 MiB of an input, which the program counts itself.
RSS_LIMIT_MB = 1024
REPLAYED = re.compile(r"^input (.+)$", re.MULTILINE)
WRITTEN = re.compile(r"Test unit written to (\S+)")
# Enough to see the finding and its stack; what the fuzzer says of itself comes before.
FINDING = re.compile(r"^.*(?:ERROR: |check failed: |runtime error: |an input took ).*",
                     re.MULTILINE)
SAID_CHARACTERS = 4000


def find(context: Context, preset: str) -> list[Suite]:
    """A suite per fuzz target of a configured tree."""
    targets = [name for name in catch2.declared(context, preset) if name.endswith(ENDING)]
    if preset != LIBFUZZER:
        return [Suite(name, lambda name=name: _replay(context, preset, name), name, preset)
                for name in targets]
    return ([Suite(f"{name}.libfuzzer", lambda name=name: _search(context, name), name, preset)
             for name in targets]
            + [Suite(f"{PLANTED}.libfuzzer", lambda: _planted(context), PLANTED, preset)])


def _replay(context: Context, preset: str, name: str) -> Report:
    return replay(name, catch2.declared(context, preset)[name], context.root)


def replay(name: str, command: list[str], folder: pathlib.Path) -> Report:
    """Gives a program of replay.cpp its corpus; a failure is repeated with the one input."""
    ended = execute(command, folder)
    inputs = REPLAYED.findall(ended.output)
    if ended.code == 0 and inputs:
        return Report(1, 0, [])
    repeat = [command[0], inputs[-1]] if inputs else command
    return Report(0, 0, [Failure(name, _finding(ended), shlex.join(repeat))])


def _search(context: Context, name: str) -> Report:
    program, corpus = catch2.declared(context, LIBFUZZER)[name]
    return search(name, program, corpus, context.state / "fuzz" / name)


def search(name: str, program: str, corpus: str | None, found: pathlib.Path,
           seed: int | None = None) -> Report:
    """Lets libFuzzer make inputs up for SECONDS, beginning from `corpus`; one that does not hold
    is left in `found`. The same seed begins the same way; how far it comes is the machine's."""
    found.mkdir(parents=True, exist_ok=True)
    chosen = int(os.environ.get("GUILDHALL_SEED", seed or 1 + secrets.randbelow(1 << 31)))
    with tempfile.TemporaryDirectory(prefix="guildhall-") as fresh:
        ended = execute([program, f"-seed={chosen}", f"-max_total_time={SECONDS}",
                         f"-timeout={TIMEOUT_SECONDS}", f"-rss_limit_mb={RSS_LIMIT_MB}",
                         f"-max_len={LONGEST_INPUT}", f"-artifact_prefix={found}/",
                         "-print_final_stats=1", fresh, *([corpus] if corpus else [])], found)
    if ended.code == 0 and not ended.trouble:
        return Report(1, 0, [])
    written = WRITTEN.findall(ended.output)
    repeat = ([program, written[-1]] if written
              else [program, f"-seed={chosen}", *([corpus] if corpus else [])])
    advice = f"GUILDHALL_SEED={chosen} begins the same way"
    if written and corpus:
        advice += f"; once it is mended, keep the input: cp {written[-1]} {corpus}/"
    return Report(0, 0, [Failure(name, f"{_finding(ended)}\n{advice}", shlex.join(repeat))])


def _planted(context: Context) -> Report:
    """Holds when libFuzzer finds what is broken on purpose and the command given repeats it."""
    name = f"{PLANTED}.libfuzzer"
    # Declared without ctest, which would take it for a test that has to hold.
    program = str(context.state / "build" / LIBFUZZER / "libs" / "testing" / PLANTED)
    report = search(name, program, None, context.state / "fuzz" / PLANTED)
    if not report.failures:
        return Report(0, 0, [Failure(name, "the planted overflow was not found", program)])
    failure = report.failures[0]
    again = subprocess.run(shlex.split(failure.repeat), capture_output=True, text=True,
                           errors="replace", check=False)
    if "heap-buffer-overflow" in failure.text and "heap-buffer-overflow" in again.stderr:
        return Report(1, 0, [])
    return Report(0, 0, [failure])


def _finding(ended: Ended) -> str:
    """What was found, from its first line on."""
    first = FINDING.search(ended.output)
    said = ended.output[first.start():] if first else ended.output[-SAID_CHARACTERS:]
    return "\n".join(filter(None, [ended.trouble, said[:SAID_CHARACTERS].strip()]))
