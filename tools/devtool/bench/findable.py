"""How soon a post is found: a promise in seconds, which no test measures."""

import time
import uuid

from devtool.bench.figures import Figure
from devtool.bench.house import COMMUNITY, House
from devtool.bench.live import TOPIC
from devtool.context import Trouble

POSTS = 100
PATIENCE_SECONDS = 30


def figure(opened: House) -> Figure:
    """From the answer to a post until the first search finds it: of 100 posts, 99 within so long.

    Each comes at another moment between two looks of the indexer.
    """
    waits = sorted(_wait(opened, number) for number in range(POSTS))
    row = Figure("findable", "from a post's OK to the search that finds it, 99 of 100", "s", 1.0,
                 "at_most")
    row.settle([waits[-2]], [1.0])
    row.runs, row.p99_ms = POSTS, waits[-2] * 1000
    return row


def _wait(opened: House, number: int) -> float:
    word = f"batch{uuid.uuid4().hex}"
    time.sleep(number % 10 / 50)
    opened.call("discussions.v1.DiscussionsService/CreatePost", parent=TOPIC,
                post={"markdown": f"Who sieved {word}?"}, requestId=str(uuid.uuid4()))
    answered = time.monotonic()
    while not opened.call("discussions.v1.PostSearchService/SearchPosts", query=word,
                          communities=[f"communities/{COMMUNITY}"]).get("results"):
        if time.monotonic() > answered + PATIENCE_SECONDS:
            raise Trouble(f"a post was not found within {PATIENCE_SECONDS} s")
    return time.monotonic() - answered
