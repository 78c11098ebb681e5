"""The generators of load, each a program that nobody here wrote, and what they report."""

import dataclasses
import os
import pathlib
import re
import subprocess

from devtool.context import Trouble

CONNECTIONS = 32
TICKS = os.sysconf("SC_CLK_TCK")


@dataclasses.dataclass(frozen=True)
class Run:
    """One run of a generator."""

    per_second: float
    p99_ms: float | None
    requests: int


def wrk(url: str, script: pathlib.Path, seconds: int, *arguments: str) -> Run:
    """gRPC-web over 32 keep-alive connections; `script` makes the requests. Who waits for 31 others
    may wait for longer than wrk's own 2 s."""
    text = _run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "--timeout", "30s",
                 "-s", str(script), url, "--", *arguments])
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)", text)
    if errors:
        raise Trouble(f"wrk met errors: {errors.group(0)}")
    per_second = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
    requests = int(re.search(r"(\d+) requests in", text).group(1))
    return Run(per_second, _milliseconds(re.search(r"99%\s+([\d.]+\w+)", text).group(1)), requests)


def h2load(url: str, body: pathlib.Path, seconds: int, *headers: str) -> Run:
    """gRPC over 4 HTTP/2 connections with 8 streams each."""
    options = [word for header in ("content-type: application/grpc", "te: trailers", *headers)
               for word in ("-H", header)]
    text = _run(["h2load", "-c4", "-m8", f"--duration={seconds}", "--warm-up-time=500ms",
                 "-d", str(body), *options, url])
    done = re.search(r"requests: .*?(\d+) done, (\d+) succeeded, (\d+) failed", text)
    if done is None or int(done.group(3)):
        raise Trouble(f"h2load met errors:\n{text}")
    return Run(int(done.group(2)) / seconds, None, int(done.group(2)))


def pgbench(command: list[str], script: pathlib.Path, seconds: int, options: dict,
            variables: dict[str, str]) -> Run:
    """Eight clients running a script of prepared statements; `command` connects."""
    defines = [word for name, value in variables.items() for word in ("-D", f"{name}={value}")]
    text = _run([*command, "-n", "-M", "prepared", "-c8", "-j2", f"-T{seconds}",
                 "-f", str(script), *defines], **options)
    failed = re.search(r"number of failed transactions: (\d+)", text)
    if failed and int(failed.group(1)):
        raise Trouble(f"pgbench met errors:\n{text}")
    per_second = float(re.search(r"tps = ([\d.]+)", text).group(1))
    requests = int(re.search(r"actually processed: (\d+)", text).group(1))
    return Run(per_second, None, requests)


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far (proc(5), fields 14 and 15)."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def pss_mib(pid: int) -> float:
    """Memory of a process, shared pages in proportion (proc(5), smaps_rollup)."""
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise Trouble(f"process {pid} tells no Pss")


def _run(command: list[str], **options) -> str:
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120,
                            **options)
    if result.returncode != 0:
        raise Trouble(f"{command[0]} failed:\n{result.stdout[-2000:]}{result.stderr[-2000:]}")
    return result.stdout + result.stderr


def _milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}[unit]
