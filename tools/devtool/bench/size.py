"""P10: list, read and search among a million posts, against the same among ten thousand.

The posts are those of the importer's sample, which has the shape of a real archive. What is asked
for is the same at both sizes: the bench's own topics; posts that say a word that nobody else says,
as many at both; and the most frequent word of the sample, of which the newest 1,000 are ranked.
"""

import dataclasses
import time
import uuid

from devtool.bench import kept, wire
from devtool.bench.figures import Figure
from devtool.bench.house import COMMUNITY, House
from devtool.bench.kept import TOPIC

SMALL, LARGE = 10_000, 1_000_000
RARE_POSTS = 100
# The sample's first word (tools/import/sample/words.h).
COMMON = "ba"
# PostgreSQL tells what a statement has touched a second after it at the latest.
TOLD_SECONDS = 1.5


@dataclasses.dataclass
class Cost:
    """Of one kind of call: the tail of its time, and the buffers that it touched in the mean."""

    p99_ms: float
    buffers: float


def figures(small, large) -> list[Figure]:
    """Two rows for each kind of call: p99, and buffers of discussions' database. The benches are in
    houses of SMALL and of LARGE posts."""
    # The communities of a small sample are the first ones of a large one.
    places = _places(small.house)
    costs = []
    for each in (small, large):
        rare = f"rare{uuid.uuid4().hex}"
        kept.post(each.house, rare, RARE_POSTS)
        kept.await_index(each.house)
        costs.append(_measure(each, {
            "list": ("DiscussionsService/ListTopics", wire.text(1, f"communities/{COMMUNITY}")),
            "read": ("DiscussionsService/ListPosts", wire.text(1, TOPIC)),
            "search": ("PostSearchService/SearchPosts", wire.text(1, rare) + places),
            "common": ("PostSearchService/SearchPosts", wire.text(1, COMMON) + places)}))
    return [row for name in costs[0] for row in _rows(name, *(each[name] for each in costs))]


def _rows(name: str, small: Cost, large: Cost) -> list[Figure]:
    what = {"search": f"search for what {RARE_POSTS} posts say",
            "common": "search for what most posts say"}.get(name, name)
    return [Figure(f"P10.{name}", f"{what}: p99 among 1,000,000 posts, against 10,000", "ms", 2.0,
                   "at_most").settle([large.p99_ms], [small.p99_ms]),
            Figure(f"P10.{name}.buffers", f"{what}: buffers, the same", "buffers", 2.0,
                   "at_most").settle([large.buffers], [small.buffers])]


def _places(opened: House) -> bytes:
    """The bench's community and the sample's, as a search names them."""
    listed = opened.call("directory.v1.DirectoryService/ListCommunities", pageSize=99)
    names = {each["name"] for each in listed["communities"]} | {f"communities/{COMMUNITY}"}
    return b"".join(wire.text(2, name) for name in sorted(names))


def _measure(bench, calls: dict[str, tuple[str, bytes]]) -> dict[str, Cost]:
    uncached = bench.house.discussions_with(cache_bytes="0", cache_shared="false")
    found = {}
    for name, (method, message) in calls.items():
        body = bench.body(name, message)

        def run(method=method, body=body):
            return bench.through_gateway(f"discussions.v1.{method}", body, uncached[0],
                                         gateway=uncached[1])
        run()
        runs, buffers = [], []
        for _ in range(bench.runs):
            before = _touched(bench.house)
            runs.append(run())
            buffers.append((_touched(bench.house) - before) / runs[-1].requests)
        middle = bench.runs // 2
        found[name] = Cost(sorted(run.p99_ms for run in runs)[middle], sorted(buffers)[middle])
    bench.house.end(*uncached)
    return found


def _touched(opened: House) -> int:
    """Buffers that discussions' database has read so far, from memory or not."""
    time.sleep(TOLD_SECONDS)
    return int(opened.psql("discussions", "SELECT blks_hit + blks_read FROM pg_stat_database "
                                          "WHERE datname = current_database()"))
