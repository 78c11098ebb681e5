"""The worst that hostile Markdown costs, over the texts of tests/security."""

import subprocess

from devtool import node
from devtool.bench.figures import Figure
from devtool.context import Context, Trouble

CORPUS = "tests/security/markdown_corpus.mjs"
TEXTS = 4000
# Of CPU for the longest text that a post takes: a fifth of what any untrusted bytes may cost.
PROMISED_MS = 10.0


def figure(context: Context, runs: int) -> Figure:
    """Seeds 1 to `runs`, so that two commits are measured by the same texts."""
    node.ensure(context)
    program = context.build / "tests/benchmarks/hostile_markdown"
    worst = []
    for seed in range(1, runs + 1):
        texts = subprocess.run(["node", context.root / CORPUS, str(seed), str(TEXTS)],
                               capture_output=True, check=False)
        if texts.returncode != 0:
            raise Trouble(f"{CORPUS} failed:\n{texts.stderr.decode()}")
        told = subprocess.run([program], input=texts.stdout, capture_output=True, check=True)
        worst.append(float(told.stdout.split()[0]))
    row = Figure("hostile", f"worst of {runs * TEXTS:,} hostile texts of 64 KiB, CPU to render",
                 "ms", 1.0, "at_most")
    row.settle([max(worst)], [PROMISED_MS])
    row.runs = runs
    return row
