"""Ports for stacks that come and go: of tests, and of the bench."""

import itertools
import random
import socket

# Below the range from which Linux gives out ports for outgoing connections (32768 on), away from
# those of a stack in use. tests/journeys/ports.mjs keeps to the same blocks.
FIRST, BLOCK, BLOCKS = 20000, 32, 384


class PortBlock:
    """BLOCK - 1 ports in a row, `first` and following, until this process ends: the lower half for
    a stack, the upper for whoever takes one after the other.

    Whoever listens on the port before them has the block: so two that look for ports at the same
    time never find the same ones, and a process that is away for a moment finds its port again.
    """

    def __init__(self) -> None:
        for number in random.sample(range(BLOCKS), BLOCKS):
            begin = FIRST + BLOCK * number
            guard = _listen(begin)
            if guard is None:
                continue
            if all(_is_free(port) for port in range(begin + 1, begin + BLOCK)):
                self.first, self.close = begin + 1, guard.close
                self._in_turn = itertools.cycle(range(begin + BLOCK // 2, begin + BLOCK))
                return
            guard.close()
        raise OSError(f"no {BLOCK} free ports in a row from {FIRST} on")

    def take(self) -> int:
        """A free one of the upper half, another each time until each was taken once."""
        for port in itertools.islice(self._in_turn, BLOCK // 2):
            if _is_free(port):
                return port
        raise OSError(f"none of {BLOCK // 2} ports is free")


def _listen(port: int) -> socket.socket | None:
    listener = socket.socket()
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(1)
    except OSError:
        listener.close()
        return None
    return listener


def _is_free(port: int) -> bool:
    probe = _listen(port)
    if probe:
        probe.close()
    return probe is not None
