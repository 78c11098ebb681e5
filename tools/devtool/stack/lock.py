"""Only one command at a time changes a stack."""

import contextlib
import fcntl
from collections.abc import Iterator

from devtool.context import Context, Trouble


@contextlib.contextmanager
def exclusive(context: Context) -> Iterator[None]:
    """Holds the stack's lock; a second command is told to come back."""
    with (context.state / "stack.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble("another tools/dev is starting or stopping this stack; "
                          "wait until it has ended.") from None
        yield
