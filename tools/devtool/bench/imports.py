"""P9: importing a real archive, against COPY of the same rows into the same indexed tables."""

import subprocess
import time

from devtool.bench.figures import Figure
from devtool.bench.house import House
from devtool.stack import demo

COPY = """
DROP SCHEMA IF EXISTS bench CASCADE; CREATE SCHEMA bench;
CREATE TABLE bench.topics (LIKE topics INCLUDING ALL);
CREATE TABLE bench.posts (LIKE posts INCLUDING ALL);
CREATE TABLE bench.change_log (LIKE change_log INCLUDING ALL);
COPY (SELECT * FROM topics) TO PROGRAM 'cat > {folder}/topics' (FORMAT binary);
COPY (SELECT * FROM posts) TO PROGRAM 'cat > {folder}/posts' (FORMAT binary);
COPY (SELECT * FROM change_log) TO PROGRAM 'cat > {folder}/change_log' (FORMAT binary);
CHECKPOINT;
"""


def figure(opened: House, archive: str) -> Figure:
    """Imports `archive` into the house, which must not know it yet."""
    begun = time.monotonic()
    # What an import takes; the second reading, which writes nothing, is a proof of it.
    demo.run_importer(opened.stack, "zulip", archive, reconcile="false")
    took = time.monotonic() - begun
    folder = opened.home.folder / "copy"
    folder.mkdir(exist_ok=True)
    subprocess.run(["chown", opened.home.user.name, folder], check=True)
    opened.psql("discussions", COPY.format(folder=folder))
    begun = time.monotonic()
    for table in ("topics", "posts", "change_log"):
        opened.psql("discussions",
                    f"COPY bench.{table} FROM '{folder}/{table}' (FORMAT binary);")
    copied = time.monotonic() - begun
    opened.psql("discussions", "DROP SCHEMA bench CASCADE;")
    # Seconds: the smaller the better, so the ratio is that of the speeds.
    row = Figure("P9", "import of a real archive (speed against COPY)", "s", 0.10)
    row.value, row.baseline, row.ratio, row.runs = took, copied, copied / took, 1
    return row
