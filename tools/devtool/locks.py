"""Locks between commands that run at the same time; the kernel forgets them with their process."""

import contextlib
import fcntl
import os
import pathlib
from collections.abc import Iterator


@contextlib.contextmanager
def alone(path: pathlib.Path, what: str) -> Iterator[int]:
    """Waits until nobody else holds the lock on `path`, an existing file; says so if it must.

    Yields the descriptor: a child that inherits it keeps the lock if this process is killed.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"   waiting: another tools/dev is {what}", flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)
