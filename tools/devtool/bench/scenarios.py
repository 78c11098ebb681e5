"""The rows of the table of performance: how each is measured, and against what."""

import pathlib
import re
import shutil
import subprocess
import time

from devtool.bench import crowds, findable, hostile, house, kept, live, load, plans, size, wire
from devtool.bench.figures import Figure
from devtool.bench.house import COMMUNITY, TOPICS, House
from devtool.bench.nginx import Nginx
from devtool.context import Trouble

LUA = pathlib.Path("tests/benchmarks/grpc_web.lua")
REQUEST_ID = "@@request-id" + "@" * 24
TOPIC_ID = "@@topic-id" + "@" * 26


class Bench:
    """Runs scenarios in a house that is open; `folder` takes request bodies and scripts."""

    def __init__(self, opened: House, folder: pathlib.Path, runs: int, seconds: int):
        self.house, self.folder, self.runs, self.seconds = opened, folder, runs, seconds
        self._echo = self.body("echo", wire.text(1, b"x" * 1024))

    def through_gateway(self, method: str, body: pathlib.Path, service: house.Child | int,
                        *more: str, gateway: house.Child | None = None) -> load.Run:
        """wrk through a gateway; every answer counted as OK by the service itself."""
        before = self.house.answered_ok(service)
        run = load.wrk(f"http://{(gateway or self.house.gateway).address}/guildhall.{method}",
                       self.house.context.root / LUA, self.seconds, str(body), self.house.token,
                       *more)
        answered = self.house.answered_ok(service) - before
        # What was under way when wrk stopped is answered, but not counted by it.
        if not run.requests <= answered <= run.requests + 2 * load.CONNECTIONS:
            raise Trouble(f"{method}: {run.requests} answers, {answered} of them OK")
        return run

    def bare(self) -> load.Run:
        return load.h2load(f"http://{self.house.bare.address}/bare/Echo", self._echo, self.seconds)

    def compare(self, figure: Figure, measured, baseline) -> Figure:
        """Interleaves runs of both after one of each to warm up."""
        measured(), baseline()
        values, baselines, tails = [], [], []
        for _ in range(self.runs):
            run = measured()
            values.append(run.per_second)
            tails.append(run.p99_ms or 0.0)
            baselines.append(baseline().per_second)
        figure.p99_ms = sorted(tails)[len(tails) // 2]
        return figure.settle(values, baselines)

    def echo(self) -> list[Figure]:
        """P1, and P12 for the gateway: CPU per echo against nginx in the same place."""
        figures = [Figure("P1", "1 KB echo through gateway and engine", "requests/s", 0.45)]
        gateway_cpu = []

        def measured() -> load.Run:
            before = load.cpu_seconds(self.house.gateway.pid)
            run = self.through_gateway("gateway.v1.ProbeService/Echo", self._echo,
                                       self.house.probe)
            gateway_cpu.append((load.cpu_seconds(self.house.gateway.pid) - before)
                               / run.requests * 1e6)
            return run

        self.compare(figures[0], measured, self.bare)
        if shutil.which("nginx") is None:
            # Not among the packages that tools/dev installs: Debian's starts a server at once.
            print("P12.gateway is left out: there is no nginx to compare with")
            return figures
        with Nginx(self.house, self.folder) as nginx:
            nginx_cpu = [nginx.cpu_per_echo(self._echo, self.seconds) for _ in range(self.runs)]
        figures.append(Figure("P12.gateway", "CPU per echo: gateway, against nginx grpc_pass",
                              "us", 1.3, "at_most").settle(gateway_cpu[1:], nginx_cpu))
        return figures

    def engine(self) -> list[Figure]:
        """P12 for the engine: CPU per echo against the bare echo, both direct."""
        program = self.house.context.build / "tests/benchmarks/engine_echo"
        address = f"127.0.0.1:{self.house.free_port()}"
        process = subprocess.Popen([program, address], stdout=subprocess.PIPE, text=True, cwd="/")
        try:
            token = process.stdout.readline().strip()
            url = f"http://{address}/guildhall.gateway.v1.ProbeService/Echo"
            header = f"authorization: Bearer {token.removeprefix('authorization: Bearer ')}"
            engine, bare = [], []
            for _ in range(self.runs + 1):
                engine.append(self._cpu(process.pid, lambda: load.h2load(
                    url, self._echo, self.seconds, header)))
                bare.append(self._cpu(self.house.bare.pid, self.bare))
        finally:
            process.terminate()
            process.wait()
        return [Figure("P12.engine", "CPU per echo: engine, against bare echo", "us", 1.3,
                       "at_most").settle(engine[1:], bare[1:])]

    def cached(self) -> list[Figure]:
        """P2: a list of topics from memory; P3: the same from Redis, with no memory for replies."""
        listing = self.body("list", wire.text(1, f"communities/{COMMUNITY}"))
        method = "discussions.v1.DiscussionsService/ListTopics"
        memory = self.house.discussions_with()
        redis = self.house.discussions_with(cache_bytes="0")
        figures = []
        for name, what, hold, source, (discussions, gateway) in (
                ("P2", "list 30 topics, from memory", 0.45, 'outcome="hit"', memory),
                ("P3", "list 30 topics, from Redis", 0.30, 'outcome="used"', redis)):
            before = self.house.counted(discussions, "guildhall_cache_", source)
            figures.append(self.compare(
                Figure(name, what, "requests/s", hold),
                lambda: self.through_gateway(method, listing, discussions, gateway=gateway),
                self.bare))
            if self.house.counted(discussions, "guildhall_cache_", source) == before:
                raise Trouble(f"{name}: nothing came from the cache")
        self.house.end(*memory, *redis)
        return figures

    def reads(self) -> list[Figure]:
        """P4: a list of topics, uncached; P5: one topic by id, uncached."""
        uncached = self.house.discussions_with(cache_bytes="0", cache_shared="false")
        discussions, gateway = uncached
        listing = self.body("list", wire.text(1, f"communities/{COMMUNITY}"))
        topic = self.body("topic", wire.text(1, f"topics/{topic_id(1)}"))
        statement = self._pgbench_script("list_latest_topics", {
            1: f"'{COMMUNITY}'", 2: "true", 3: "'infinity'",
            4: "'ffffffff-ffff-ffff-ffff-ffffffffffff'", 5: "31"})
        command, options = self.house.pgbench("discussions")
        method = "discussions.v1.DiscussionsService"
        figures = [
            self.compare(Figure("P4", "list 30 topics of 1,000, uncached", "requests/s", 0.50),
                         lambda: self.through_gateway(f"{method}/ListTopics", listing, discussions,
                                                      gateway=gateway),
                         lambda: load.pgbench(command, statement, self.seconds, options, {})),
            self.compare(Figure("P5", "read a topic by id, uncached", "requests/s", 0.35),
                         lambda: self.through_gateway(f"{method}/GetTopic", topic, discussions,
                                                      gateway=gateway),
                         self.bare)]
        self.house.end(*uncached)
        return figures

    def writes(self) -> list[Figure]:
        """P6: a post, durable, with its claim, its change and its answer."""
        discussions = self.house.admin_port("discussions-1")
        text = "Sieve it twice, and keep the hopper above the dew point. " * 8
        body = self.body("post", wire.text(1, f"topics/{TOPIC_ID}")
                          + wire.text(2, wire.text(4, text)) + wire.text(3, REQUEST_ID))
        script = self.folder / "post.sql"
        script.write_text(self._post_script(text))
        command, options = self.house.pgbench("discussions")
        return [self.compare(
            Figure("P6", "create a post", "requests/s", 0.55),
            lambda: self.through_gateway("discussions.v1.DiscussionsService/CreatePost", body,
                                         discussions, "topics", str(TOPICS)),
            lambda: load.pgbench(command, script, self.seconds, options, {}))]

    def crowds(self) -> list[Figure]:
        """Posting where 100,000 would hear of it, against where 100 do."""
        crowds.fill(self.house)
        discussions = self.house.admin_port("discussions-1")
        body = self.body("post", wire.text(1, f"topics/{TOPIC_ID}")
                          + wire.text(2, wire.text(4, "Hear, hear.")) + wire.text(3, REQUEST_ID))

        def post_into(first: int) -> load.Run:
            return self.through_gateway("discussions.v1.DiscussionsService/CreatePost", body,
                                        discussions, "topics", str(crowds.TOPICS), str(first))

        return [self.compare(
            Figure("crowds", "create a post among 100,000 members, against 100", "requests/s", 0.9),
            lambda: post_into(crowds.LARGE), lambda: post_into(crowds.SMALL))]

    def findable(self) -> list[Figure]:
        """From the answer to a post to the first search that finds it."""
        return [findable.figure(self.house)]

    def size(self) -> list[Figure]:
        """P10: the same calls among ten thousand posts and among a million."""
        outer = self.house.outer
        with kept.filled(outer, size.SMALL) as small, kept.opened(outer, size.LARGE) as large:
            return size.figures(*(Bench(each, self.folder, self.runs, self.seconds)
                                  for each in (small, large)))

    def plans(self, record: bool = False) -> list[Figure]:
        """No figure: every statement's plan among a million posts, against what is on record."""
        with kept.opened(self.house.outer, size.LARGE) as large:
            plans.check(large, record)
        return []

    def hostile(self) -> list[Figure]:
        """What the worst of hostile texts costs."""
        return [hostile.figure(self.house.context, self.runs)]

    def live(self) -> list[Figure]:
        """P7, and the memory of subscribers."""
        return [*live.delivery(self.house, self.folder, min(self.runs, 3), self.seconds),
                *live.silence(self.house, self.folder)]

    def decisions(self) -> list[Figure]:
        """A decision from facts under a lease, and what a million known standings take."""
        program = self.house.context.build / "tests/benchmarks/known_decisions"
        runs = [subprocess.run([program], capture_output=True, text=True, check=True, cwd="/")
                .stdout.split() for _ in range(self.runs)]
        return [Figure("decision", "a decision from known facts", "us", 1.0, "at_most").settle(
                    [float(nanoseconds) / 1e3 for nanoseconds, _ in runs], [1.0]),
                Figure("standings", "memory of 1,000,000 known standings", "MiB", 1.0,
                       "at_most").settle([float(mib) for _, mib in runs], [96.0])]

    def memory(self) -> list[Figure]:
        """P8, after all the others."""
        parts = {"gateway": (load.pss_mib(self.house.gateway.pid), 40)}
        for service in ("identity", "directory", "discussions"):
            parts[service] = (load.pss_mib(self.house.pid(f"{service}-1")), 60)
        parts["all"] = (sum(value for value, _ in parts.values()), 300)
        return [Figure(f"P8.{name}", f"memory (PSS) of {name}", "MiB", 1.0,
                       "at_most").settle([value], [limit])
                for name, (value, limit) in parts.items()]

    def starts(self) -> list[Figure]:
        """P11: exec to /readyz 200. The second process of each service, beside the first."""
        figures = []
        for service in ("identity", "directory", "discussions", "gateway"):
            times = []
            for _ in range(self.runs):
                begun = time.monotonic()
                child = self.house._service(f"guildhall-{service}", service, {})
                times.append(time.monotonic() - begun)
                child.process.terminate()
                child.process.wait(timeout=60)
                self.house._children.remove(child)
            figures.append(Figure(f"P11.{service}", f"exec to ready: {service}", "s", 1.0,
                                  "at_most").settle(times, [1.0]))
        return figures

    def _cpu(self, pid: int, run) -> float:
        before = load.cpu_seconds(pid)
        done = run()
        return (load.cpu_seconds(pid) - before) / done.requests * 1e6

    def body(self, name: str, message: bytes) -> pathlib.Path:
        path = self.folder / f"{name}.bin"
        path.write_bytes(wire.frame(message))
        return path

    def _statement(self, service: str, path: str, values: dict[int, str]) -> str:
        """A statement of the house with literals or expressions in place of its parameters."""
        text = (self.house.context.root / path).read_text()
        text = re.sub(r"--.*", "", text).strip()
        return re.sub(r"\$(\d+)", lambda match: values[int(match.group(1))], text)

    def _pgbench_script(self, name: str, values: dict[int, str]) -> pathlib.Path:
        path = self.folder / f"{name}.sql"
        text = self._statement("discussions", f"services/discussions/store/sql/{name}.sql", values)
        path.write_text(text + ";\n")
        return path

    def _post_script(self, text: str) -> str:
        """The statements of a post in the order and the form in which the service runs them."""
        topic = "('00000000-0000-7000-8000-' || lpad(to_hex(:topic::int), 12, '0'))::uuid"
        nil = "'00000000-0000-0000-0000-000000000000'"
        request = "md5(:request::text || :client_id::text || :topic::text)::uuid"
        sql = "services/discussions/store/sql"
        claim = {1: request, 2: nil, 3: "'method'", 4: "'\\x00'"}
        return "\n".join([
            f"\\set topic random(1, {TOPICS})",
            "\\set request random(1, 9000000000000000)",
            "BEGIN;",
            self._statement("", "libs/idempotency/sql/claim_request.sql", claim) + ";",
            self._statement("", f"{sql}/lock_topic.sql", {1: topic}) + " \\gset",
            "\\set number :last_post_number + 1",
            self._statement("", f"{sql}/insert_post.sql", {
                1: topic, 2: ":number::int", 3: "gen_random_uuid()", 4: nil + "::uuid", 5: "now()",
                6: f"'{text}'", 7: "1.5", 8: "NULL::int"}) + ";",
            self._statement("", "libs/changelog/sql/append_change.sql", {
                1: topic, 2: "10", 3: "gen_random_uuid()", 4: "1", 5: "1"}) + ";",
            self._statement("", "libs/idempotency/sql/remember_answer.sql", {
                **claim, 4: f"convert_to('{text}', 'UTF8')"}) + ";",
            "COMMIT;", ""])


def topic_id(number: int) -> str:
    return f"00000000-0000-7000-8000-{number:012x}"
