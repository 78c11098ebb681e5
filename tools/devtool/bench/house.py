"""What is measured: a stack of its own, with a gateway for the bench and data of known size."""

import dataclasses
import http.client
import json
import pathlib
import subprocess
import time
import uuid

from devtool.context import Context, Trouble
from devtool.ports import PortBlock
from devtool.stack import choices, postgres, processes, redis, services
from devtool.stack import home as homes
from devtool.stack.ending import stop_all, throw_away

TOPICS = 1000
COMMUNITY = "00000000-0000-7000-9000-000000000001"
DATA = pathlib.Path("tests/benchmarks/data.sql")
LOG_TAIL_CHARACTERS = 3000


@dataclasses.dataclass
class Child:
    """A process that the bench started itself."""

    process: subprocess.Popen
    address: str
    admin_port: int | None = None

    @property
    def pid(self) -> int:
        return self.process.pid


class House:
    """Everything that runs for the bench, in a state folder of its own below the one in use."""

    def __init__(self, context: Context, name: str = "bench"):
        state = context.state / name
        state.mkdir(exist_ok=True)
        for shared in (context.state / "build", context.node_folder):
            shared.mkdir(parents=True, exist_ok=True)
            link = state / shared.name
            link.unlink(missing_ok=True)
            link.symlink_to(shared)
        self.outer = context
        self.context = Context(root=context.root, state=state)
        self.home = homes.locate(self.context)
        self._ports = PortBlock()
        first = self._ports.first
        self.stack = services.Stack(self.context, self.home,
                                    choices.Choices(port=first, admin_port=first + 1))
        self._children: list[Child] = []
        self.token = ""

    def open(self) -> None:
        """Starts the stack, then the programs that only the bench needs, and signs in."""
        self.home.make()
        self.home.require_space()
        postgres.ensure(self.home)
        postgres.ensure_databases(self.home, [service.name for service in self.stack.services
                                              if service.database])
        redis.ensure(self.home)
        for instance in self.stack.instances:
            services.ensure(self.stack, instance)
        self.bare = self._program("bare_echo", [f"127.0.0.1:{self.free_port()}"])
        self.probe = self._service("guildhall-probe", "discussions", {})
        self.gateway = self._service("guildhall-gateway", "gateway",
                                     {"probe_address": self.probe.address,
                                      "session_rate": "1000000", "session_burst": "1000000",
                                      "address_rate": "0", "connections": "16384"})
        self.token = self._sign_in()

    def free_port(self) -> int:
        """One that nobody else is given: the system's own may be gone when it is used."""
        return self._ports.take()

    def discussions_with(self, **settings: str) -> tuple[Child, Child]:
        """A process of discussions with settings of its own, and a gateway that calls it alone."""
        discussions = self._service("guildhall-discussions", "discussions", settings)
        gateway = self._service("guildhall-gateway", "gateway",
                                {"discussions_address": discussions.address,
                                 "session_rate": "1000000", "session_burst": "1000000"})
        return discussions, gateway

    def end(self, *children: Child) -> None:
        for child in children:
            child.process.terminate()
            child.process.wait(timeout=60)
            self._children.remove(child)

    def close(self) -> None:
        """Ends all that was started and removes what it kept."""
        self.stop()
        throw_away(self.home)

    def stop(self) -> None:
        """Ends all that was started; what it kept stays for the next one."""
        for child in reversed(self._children):
            child.process.terminate()
            try:
                child.process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                child.process.kill()
        self._children.clear()
        stop_all(self.home)

    def pid(self, name: str) -> int:
        """Of a process of the stack, such as "identity-1"."""
        record = processes.find(self.home, name)
        if record is None:
            raise Trouble(f"{name} does not run")
        return record.pid

    def psql(self, service: str, script: str) -> str:
        """Runs a script on a service's database as the superuser; its answer, unaligned."""
        result = self._psql(service, script)
        if result.returncode != 0:
            raise Trouble(f"psql failed:\n{result.stderr}")
        return result.stdout.strip()

    def psql_output(self, service: str, script: str) -> tuple[str, str]:
        """What psql prints, and what it says of errors, of a script that may go on after these."""
        result = self._psql(service, script)
        return result.stdout, result.stderr

    def _psql(self, service: str, script: str) -> subprocess.CompletedProcess:
        command = [*postgres.psql_command(self.home, postgres.role(service)), "-qAt",
                   "-v", "ON_ERROR_STOP=1"]
        return subprocess.run(command, input=script, capture_output=True, text=True, check=False,
                              cwd="/", **self.home.user.options())

    def pgbench(self, service: str) -> tuple[list[str], dict]:
        """A pgbench command that connects to a service's database, and how to run it."""
        command = [str(postgres.BINARIES / "pgbench"), "-h", str(self.home.sockets),
                   "-p", str(postgres.PORT), "-U", "postgres", postgres.role(service)]
        return command, {"cwd": "/", **self.home.user.options()}

    def fill(self, data: pathlib.Path = DATA, **names: str) -> None:
        """Runs a script of data; `:member` is the bench's account. Safe to repeat.

        Of itself: a community of 1,000 topics that the account belongs to.
        """
        me = self.call("directory.v1.DirectoryService/GetMember", name="members/me")["name"]
        text = (self.context.root / data).read_text()
        names = {"member": me.removeprefix("members/"), "community": COMMUNITY, **names}
        for name, value in names.items():
            text = text.replace(f":{name}", value)
        for part in text.split("-- in ")[1:]:
            service, _, script = part.partition("\n")
            self.psql(service.strip(), script)

    def call(self, method: str, **request) -> dict:
        """Calls a method through the bench's gateway (Connect, JSON)."""
        port = int(self.gateway.address.rpartition(":")[2])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        headers = {"content-type": "application/json", "connect-protocol-version": "1"}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        connection.request("POST", f"/guildhall.{method}", json.dumps(request), headers)
        response = connection.getresponse()
        body = json.loads(response.read())
        if response.status != 200:
            raise Trouble(f"{method} failed: {body}")
        return body

    def answered_ok(self, child: Child | int) -> int:
        """How many calls a service has answered with OK, by its own metrics."""
        port = child.admin_port if isinstance(child, Child) else child
        text = fetch(port, "/metrics")
        return sum(int(float(line.rpartition(" ")[2])) for line in text.splitlines()
                   if line.startswith("grpc_server_handled_total") and 'grpc_code="OK"' in line)

    def counted(self, child: Child, family: str, label: str) -> int:
        """The sum of a child's counters whose names begin with `family`, under one label."""
        return sum(int(float(line.rpartition(" ")[2]))
                   for line in fetch(child.admin_port, "/metrics").splitlines()
                   if line.startswith(family) and label in line)

    def admin_port(self, name: str) -> int:
        return next(instance.admin_port for instance in self.stack.instances
                    if instance.name == name)

    def _sign_in(self) -> str:
        account = {"email": "bench@quernember.example", "password": "a long word for the bench"}
        try:
            self.call("identity.v1.IdentityService/SignUp", **account, displayName="Bench",
                      requestId=str(uuid.uuid4()))
        except Trouble as trouble:
            if "EMAIL_TAKEN" not in str(trouble) and "already_exists" not in str(trouble):
                raise
        answer = self.call("identity.v1.IdentityService/SignIn", **account,
                           delivery="SESSION_DELIVERY_BEARER", requestId=str(uuid.uuid4()))
        return answer["sessionSecret"]

    def _program(self, name: str, arguments: list[str]) -> Child:
        path = self.context.build / "tests/benchmarks" / name
        process = subprocess.Popen([path, *arguments], stdout=subprocess.PIPE, cwd="/")
        process.stdout.readline()
        child = Child(process, arguments[0])
        self._children.append(child)
        return child

    def _service(self, program: str, like: str, further: dict[str, str]) -> Child:
        """A process with the settings of a service of the stack, on ports of its own."""
        instance = next(found for found in self.stack.instances if found.service.name == like)
        values = services.settings(self.stack, instance)
        known = subprocess.run([self._path(program), "--help"], capture_output=True, text=True,
                               check=True).stdout
        values = {name: value for name, value in values.items() if f"\n{name} (" in known}
        port, admin_port = self.free_port(), self.free_port()
        values |= {"listen": f"127.0.0.1:{port}", "admin_listen": f"127.0.0.1:{admin_port}",
                   **further}
        config = self.home.configs / f"bench-{program}.conf"
        self.home.write(config, services.config_text(values))
        log = open(self.home.logs / f"bench-{program}.log", "ab")
        # All settings are in the file; GUILDHALL_STATE is ours and would be refused as one of them.
        process = subprocess.Popen([self._path(program), f"--config={config}"], stdout=log,
                                   stderr=log, cwd="/", env={})
        child = Child(process, f"127.0.0.1:{port}", admin_port)
        self._children.append(child)
        wait_ready(child, pathlib.Path(log.name))
        return child

    def _path(self, program: str) -> pathlib.Path:
        folder = ("tests/benchmarks" if program == "guildhall-probe"
                  else f"services/{program.removeprefix('guildhall-')}")
        return self.context.build / folder / program


def fetch(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path)
    response = connection.getresponse()
    text = response.read().decode()
    if response.status != 200:
        raise OSError(f"{path}: {response.status}")
    return text


def wait_ready(child: Child, log: pathlib.Path, seconds: float = 30) -> None:
    """Until /readyz says 200."""
    end = time.monotonic() + seconds
    while True:
        try:
            fetch(child.admin_port, "/readyz")
            return
        except OSError:
            if child.process.poll() is not None or time.monotonic() > end:
                said = log.read_text(errors="replace")[-LOG_TAIL_CHARACTERS:]
                raise Trouble(f"{log.stem} did not become ready and said:\n{said}") from None
            time.sleep(0.005)
