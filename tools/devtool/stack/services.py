"""The services of this checkout: what each needs to run."""

import dataclasses

from devtool.context import Context


@dataclasses.dataclass(frozen=True)
class Service:
    """A row of the table of services; ranks give the order of starting."""

    name: str
    rank: int
    database: bool = True


SERVICES = (
    Service("identity", rank=2),
    Service("directory", rank=3),
    Service("discussions", rank=4),
    Service("gateway", rank=9, database=False),
)


def standing(context: Context) -> list[Service]:
    """Those that this checkout can build, in order of starting."""
    found = [service for service in SERVICES
             if (context.root / "services" / service.name / "main.cpp").exists()]
    return sorted(found, key=lambda service: service.rank)
