"""The npm package of libs/typescript compiles, strictly."""

from devtool import typescript
from devtool.context import Context

TITLE = "typescript (tsc)"


def find(context: Context) -> list[str]:
    return typescript.build(context)
