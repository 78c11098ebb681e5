"""Two communities, alike but for how many belong to them."""

import pathlib

from devtool.bench.house import House

DATA = pathlib.Path("tests/benchmarks/crowds.sql")
TOPICS = 1000
# The numbers of their first topics.
LARGE, SMALL = 1_000_000, 2_000_000
MEMBERS = {LARGE: 100_000, SMALL: 100}


def fill(opened: House) -> None:
    """Both, with the bench's account in them; safe to repeat."""
    for first, count in MEMBERS.items():
        opened.fill(DATA, place=f"00000000-0000-7000-9000-{first:012x}", count=str(count),
                    first=str(first), topics=str(TOPICS))
