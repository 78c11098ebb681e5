"""Live changes: what a delivery costs the gateway, and what a silent subscriber takes."""

import base64
import contextlib
import http.client
import json
import pathlib
import socket
import struct
import subprocess
import time
import uuid
from collections.abc import Iterator

from devtool.bench import load, wire
from devtool.bench.figures import Figure
from devtool.bench.house import House
from devtool.context import Trouble

SUBSCRIBERS = 2000
SILENT = 10_000
POSTS_PER_SECOND = 10
SECRET = "guildhall_session_"
TOPIC = f"topics/00000000-0000-7000-8000-{1:012x}"
TEXT = "Sieve it twice, and keep the hopper above the dew point. " * 8
# What a client hears when it listens.
STARTED, SUBSCRIBED = "\x12", "subscribe"


def secret(number: int) -> str:
    return SECRET + base64.urlsafe_b64encode(number.to_bytes(32, "big")).decode().rstrip("=")


def people(opened: House, count: int) -> None:
    """Members with a session each, numbered from 1 on; safe to repeat."""
    opened.psql("identity", f"""
        CREATE TEMP TABLE people AS
          SELECT n, ('00000000-0000-7000-a000-' || lpad(to_hex(n), 12, '0'))::uuid AS id
          FROM generate_series(1, {count}) n;
        INSERT INTO accounts (id, email, display_name, affiliation, password_hash, pepper_id,
                              create_time)
          SELECT id, n || '@bench.example', 'Member ' || n, 1, 'none', 'none', now() FROM people
          ON CONFLICT DO NOTHING;
        INSERT INTO sessions (id, account_id, secret_hash, create_time, last_used_time, expire_time,
                              user_agent, place)
          SELECT id, id, sha256(decode(lpad(to_hex(n), 64, '0'), 'hex')), now(), now(),
                 now() + interval '1 day', '', '' FROM people
          ON CONFLICT DO NOTHING;""")
    opened.psql("directory", f"""
        INSERT INTO members (id, display_name, affiliation, create_time)
          SELECT ('00000000-0000-7000-a000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Member ' || n, 1,
                 now()
          FROM generate_series(1, {count}) n
          ON CONFLICT DO NOTHING;""")


def subscribe(port: int, number: int) -> bytes:
    """A request of gRPC-web for everything that a member may see."""
    body = wire.frame(b"")
    head = (f"POST /guildhall.gateway.v1.LiveService/Subscribe HTTP/1.1\r\n"
            f"host: 127.0.0.1:{port}\r\ncontent-type: application/grpc-web+proto\r\n"
            f"x-grpc-web: 1\r\nauthorization: Bearer {secret(number)}\r\n"
            f"content-length: {len(body)}\r\n\r\n")
    return head.encode() + body


class Listeners:
    """Clients that listen, and what they heard."""

    def __init__(self, program: pathlib.Path, folder: pathlib.Path, port: int,
                 requests: list[bytes], word: str):
        path = folder / "listeners"
        path.write_bytes(b"".join(struct.pack(">I", len(one)) + one for one in requests))
        self._process = subprocess.Popen([program, str(port), str(path), word], cwd="/",
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self._process.stdout.readline() != "ready\n":
            raise Trouble("the listeners did not get through")

    def end(self) -> tuple[int, float]:
        """How much they heard in all, and after how many milliseconds at most 99 of 100."""
        heard, _, p99, _ = self._process.communicate("", timeout=60)[0].split()
        return int(heard), float(p99)


def text_now() -> str:
    return f"<<t={time.time_ns() // 1000:016d}>> {TEXT}"


def pace(count: int, send) -> None:
    """Calls `send` `count` times, POSTS_PER_SECOND a second, and waits until it has arrived."""
    begin = time.monotonic()
    for i in range(count):
        time.sleep(max(0.0, begin + i / POSTS_PER_SECOND - time.monotonic()))
        send()
    time.sleep(1.0)


def delivery(opened: House, folder: pathlib.Path, runs: int, seconds: int) -> list[Figure]:
    """P7: CPU of a delivery against Redis, which decides nothing; and p99 of arrival."""
    people(opened, SUBSCRIBERS)
    posts = POSTS_PER_SECOND * seconds
    cpu, tails, baselines = [], [], []
    for _ in range(runs + 1):
        value, p99 = _gateway_run(opened, folder, posts)
        cpu.append(value)
        tails.append(p99)
        baselines.append(_redis_run(opened, folder, posts))
    figure = Figure("P7", f"CPU per delivery to {SUBSCRIBERS} subscribers", "us", 2.0, "at_most")
    figure.p99_ms = sorted(tails[1:])[len(tails) // 2 - 1]
    return [figure.settle(cpu[1:], baselines[1:]),
            Figure("P7.p99", "from a post's call to its arrival, 99 of 100", "ms", 1.0,
                   "at_most").settle(tails[1:], [250.0])]


def _gateway_run(opened: House, folder: pathlib.Path, posts: int) -> tuple[float, float]:
    port = int(opened.gateway.address.rpartition(":")[2])
    listeners = Listeners(opened.context.build / "tests/benchmarks/live_load", folder, port,
                          [subscribe(port, n) for n in range(1, SUBSCRIBERS + 1)], STARTED)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"content-type": "application/json", "authorization": f"Bearer {opened.token}"}

    def post() -> None:
        connection.request("POST", "/guildhall.discussions.v1.DiscussionsService/CreatePost",
                           json.dumps({"parent": TOPIC, "post": {"markdown": text_now()},
                                       "requestId": str(uuid.uuid4())}), headers)
        response = connection.getresponse()
        if response.status != 200:
            raise Trouble(f"CreatePost failed: {response.read()}")
        response.read()

    pace(5, post)
    before = load.cpu_seconds(opened.gateway.pid)
    pace(posts, post)
    spent = load.cpu_seconds(opened.gateway.pid) - before
    heard, p99 = listeners.end()
    if heard != (posts + 5) * SUBSCRIBERS:
        raise Trouble(f"{heard} deliveries instead of {(posts + 5) * SUBSCRIBERS}")
    return spent / (posts * SUBSCRIBERS) * 1e6, p99


def _redis_run(opened: House, folder: pathlib.Path, posts: int) -> float:
    port = opened.free_port()
    with redis_server(folder, port) as process:
        listeners = Listeners(opened.context.build / "tests/benchmarks/live_load", folder, port,
                              [b"SUBSCRIBE bench\r\n"] * SUBSCRIBERS, SUBSCRIBED)
        with socket.create_connection(("127.0.0.1", port)) as publisher:
            def publish() -> None:
                # A post with its HTML, its names and a token, as the gateway tells it.
                payload = (text_now() + TEXT + "x" * 600).encode()
                publisher.sendall(b"*3\r\n$7\r\nPUBLISH\r\n$5\r\nbench\r\n$%d\r\n%s\r\n"
                                  % (len(payload), payload))
                publisher.recv(64)

            pace(5, publish)
            before = load.cpu_seconds(process.pid)
            pace(posts, publish)
            spent = load.cpu_seconds(process.pid) - before
        heard, _ = listeners.end()
    if heard != (posts + 5) * SUBSCRIBERS:
        raise Trouble(f"{heard} deliveries of Redis instead of {(posts + 5) * SUBSCRIBERS}")
    return spent / (posts * SUBSCRIBERS) * 1e6


@contextlib.contextmanager
def redis_server(folder: pathlib.Path, port: int) -> Iterator[subprocess.Popen]:
    """A Redis of its own that keeps nothing."""
    process = subprocess.Popen(["redis-server", "--port", str(port), "--bind", "127.0.0.1",
                                "--save", "", "--appendonly", "no", "--maxclients", "10000"],
                               cwd=folder, stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                if time.monotonic() > end:
                    raise Trouble("Redis did not start") from None
                time.sleep(0.01)
        yield process
    finally:
        process.terminate()
        process.wait()


def silence(opened: House, folder: pathlib.Path) -> list[Figure]:
    """What 10,000 subscribers that hear nothing take of the gateway."""
    people(opened, SILENT)
    port = int(opened.gateway.address.rpartition(":")[2])
    before = load.pss_mib(opened.gateway.pid)
    listeners = Listeners(opened.context.build / "tests/benchmarks/live_load", folder, port,
                          [subscribe(port, n) for n in range(1, SILENT + 1)], STARTED)
    taken = load.pss_mib(opened.gateway.pid) - before
    listeners.end()
    return [Figure("subscribers", f"memory of {SILENT:,} silent subscribers", "MiB", 1.0,
                   "at_most").settle([taken], [100.0])]
