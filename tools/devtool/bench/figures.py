"""What was measured, and how it is written down."""

import dataclasses
import json
import pathlib
import statistics
import subprocess


@dataclasses.dataclass
class Figure:
    """One row of results: a value, the baseline beside it, and what is promised of their ratio."""

    id: str
    name: str
    unit: str
    hold: float
    direction: str = "at_least"
    value: float = 0.0
    baseline: float = 0.0
    ratio: float = 0.0
    runs: int = 0
    p99_ms: float | None = None
    # Why it falls short, as measured; filled by whoever looked.
    note: str = ""

    def settle(self, values: list[float], baselines: list[float]) -> "Figure":
        """Takes medians of interleaved runs; the ratio is that of the medians."""
        self.value = statistics.median(values)
        self.baseline = statistics.median(baselines)
        self.ratio = self.value / self.baseline if self.baseline else 0.0
        self.runs = len(values)
        return self

    @property
    def held(self) -> bool:
        return self.ratio >= self.hold if self.direction == "at_least" else self.ratio <= self.hold

    def line(self) -> str:
        sign = ">=" if self.direction == "at_least" else "<="
        p99 = f", p99 {self.p99_ms:.1f} ms" if self.p99_ms is not None else ""
        return (f"{self.id:<14} {self.name:<44} {self.value:>10.4g} / {self.baseline:<10.4g} "
                f"{self.unit:<12} = {self.ratio:5.2f} ({sign} {self.hold}) "
                f"{'held' if self.held else 'MISSED'}{p99}")


def write(path: pathlib.Path, root: pathlib.Path, figures: list[Figure]) -> None:
    """Writes the file that reviewers compare; numbers to four digits."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=root, check=False,
                            capture_output=True, text=True).stdout.strip()
    rows = []
    for figure in figures:
        row = dataclasses.asdict(figure)
        for key in ("value", "baseline", "ratio"):
            row[key] = float(f"{row[key]:.4g}")
        if figure.p99_ms is None:
            del row["p99_ms"]
        if not figure.note:
            del row["note"]
        rows.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"machine": machine(), "commit": commit, "figures": rows},
                               indent=1) + "\n")


def machine() -> str:
    """Cores, processor and memory, as the system tells them."""
    cpu = next((line.split(":", 1)[1].strip()
                for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), "unknown processor")
    cores = pathlib.Path("/proc/cpuinfo").read_text().count("processor\t:")
    kib = int(pathlib.Path("/proc/meminfo").read_text().split()[1])
    return f"{cores} cores of {cpu}, {kib >> 20} GiB"
