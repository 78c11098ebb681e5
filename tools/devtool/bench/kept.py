"""Houses of many posts. That of a million takes the better part of an hour to fill: it is kept."""

import contextlib
import hashlib
import time
import uuid
from collections.abc import Iterator

from devtool.bench.house import COMMUNITY, House
from devtool.bench.statements import PLANS
from devtool.context import Context, Trouble
from devtool.show import step
from devtool.stack import demo
from devtool.stack.ending import throw_away
from devtool.stack.lock import exclusive

NAME = "size"
# A post of the bench's own community.
TOPIC = f"topics/00000000-0000-7000-8000-{1:012x}"
# What the indexer of a busy machine takes for the large sample, and some.
PATIENCE_SECONDS = 3600


@contextlib.contextmanager
def opened(context: Context, posts: int) -> Iterator[House]:
    """A house with a sample of so many posts: the one that was kept, if it was filled with the same
    and by migrations that are all here still, or a new one. It is stopped and kept again."""
    house = House(context, NAME)
    mark = house.home.folder / "filled"
    made_of = _made_of(context, posts)
    known = mark.exists() and set(mark.read_text().splitlines()) <= set(made_of)
    with exclusive(house.context):
        try:
            with step(f"opening the house of {posts:,} posts"):
                if not known:
                    throw_away(house.home)
                house.open()
            if not known:
                fill(house, posts)
                house.home.write(mark, "\n".join(made_of))
            yield house
        finally:
            house.stop()


@contextlib.contextmanager
def filled(context: Context, posts: int) -> Iterator[House]:
    """A house with a sample of so many posts and nothing else, which goes with its use."""
    house = House(context, f"size-{posts}")
    with exclusive(house.context):
        try:
            with step(f"opening a house for {posts:,} posts"):
                throw_away(house.home)
                house.open()
            fill(house, posts)
            yield house
        finally:
            house.close()


def fill(house: House, posts: int) -> None:
    """Imports the sample, adds what members do beside writing, and waits for the index."""
    house.fill()
    with step(f"{posts:,} posts"):
        demo.run_importer(house.stack, "sample", str(posts))
    with step("indexing them"):
        await_index(house)
    with step("all that members do beside writing"):
        text = (house.context.root / PLANS / "rows.sql").read_text()
        for part in text.replace("{posts}", str(posts)).split("-- in ")[1:]:
            service, _, script = part.partition("\n")
            house.psql(service, script)
            house.psql(service, "VACUUM ANALYZE")


def post(house: House, text: str, count: int) -> None:
    """Posts a text in the bench's own topic."""
    for _ in range(count):
        house.call("discussions.v1.DiscussionsService/CreatePost", parent=TOPIC,
                   post={"markdown": text}, requestId=str(uuid.uuid4()))


def await_index(house: House) -> None:
    """Posts are indexed in the order of the log: what is written now comes last."""
    word = f"last{uuid.uuid4().hex}"
    post(house, word, 1)
    end = time.monotonic() + PATIENCE_SECONDS
    while not house.call("discussions.v1.PostSearchService/SearchPosts", query=word,
                         communities=[f"communities/{COMMUNITY}"]).get("results"):
        if time.monotonic() > end:
            raise Trouble(f"the index did not follow within {PATIENCE_SECONDS} s")
        time.sleep(1)
    house.psql("discussions", "VACUUM ANALYZE")


def _made_of(context: Context, posts: int) -> list[str]:
    """A line for the size and for each file that decides about what is in the databases."""
    files = sorted([*context.root.glob("services/*/migrations/*.sql"),
                    *context.root.glob("libs/*/migrations/*.sql"),
                    *context.root.glob("tools/import/sample/*.cpp"),
                    context.root / PLANS / "rows.sql"])
    return [f"{posts} posts", *(f"{file.relative_to(context.root)} "
                                f"{hashlib.sha256(file.read_bytes()).hexdigest()}"
                                for file in files if not file.stem.endswith("_test"))]
