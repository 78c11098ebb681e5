"""A private Redis, reached by Unix socket only. It holds nothing that is not elsewhere."""

import pathlib
import socket

from devtool.stack import processes
from devtool.stack.home import Home

PROGRAM = pathlib.Path("/usr/bin/redis-server")
RANK = 1

CONFIG = """\
# Written by tools/dev up. A cache and a fan-out: losing it costs speed, never data.
port 0
unixsocket {socket}
unixsocketperm 700
dir {folder}
save ""
appendonly no
maxmemory 256mb
# Cached replies have a time to live and make room; the streams of changes have none and are capped.
maxmemory-policy volatile-lru
"""


def socket_path(home: Home) -> pathlib.Path:
    return home.sockets / "redis.sock"


def address(home: Home) -> str:
    """Where Redis is, as settings want it."""
    return f"unix:{socket_path(home)}"


def ensure(home: Home) -> bool:
    """Starts Redis unless it runs. True if it was started."""
    config = home.configs / "redis.conf"
    home.write(config, CONFIG.format(socket=socket_path(home), folder=home.folder))
    program = processes.Program(name="redis", command=[str(PROGRAM), str(config)],
                                made_of=(config, PROGRAM), rank=RANK, stop_seconds=10)
    return processes.ensure(home, program, lambda: _answers(socket_path(home)))


def _answers(path: pathlib.Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False
