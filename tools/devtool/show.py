"""What the tools print: timed steps, a progress bar on a terminal, plain lines elsewhere."""

import contextlib
import sys
import time
from collections.abc import Iterator

BAR_WIDTH = 30


def duration(seconds: float) -> str:
    """0.4 s, 12 s, 3 min 05 s."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60:02d} s"


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    """Says what is being done, and afterwards how long it took."""
    start = time.monotonic()
    print(f"-- {name}", flush=True)
    try:
        yield
    except BaseException:
        print(f"-- {name}: failed after {duration(time.monotonic() - start)}", flush=True)
        raise
    print(f"-- {name}: {duration(time.monotonic() - start)}", flush=True)


class Progress:
    """A bar that is redrawn on a terminal; a line for each tenth where nobody watches."""

    def __init__(self) -> None:
        self._live = sys.stdout.isatty()
        self._tenth = 0

    def show(self, done: int, total: int) -> None:
        if total <= 0:
            return
        if self._live:
            full = BAR_WIDTH * done // total
            print(f"\r   [{'#' * full}{'.' * (BAR_WIDTH - full)}] {done}/{total} ",
                  end="", flush=True)
        elif done * 10 // total > self._tenth:
            self._tenth = done * 10 // total
            print(f"   {done}/{total}", flush=True)

    def clear(self) -> None:
        """Makes room for other output."""
        if self._live:
            print("\r\033[K", end="", flush=True)
