"""The services: the table of them, their settings, their processes."""

import base64
import dataclasses
import http.client
import pathlib
import re
import secrets
import shutil
import subprocess

from devtool.context import Context, Trouble
from devtool.stack import postgres, processes, redis
from devtool.stack.choices import Choices
from devtool.stack.home import Home


# In a settings file: where a process takes calls, or tells of itself.
LISTENS = re.compile(r"^(?:admin_)?listen = 127\.0\.0\.1:(\d+)$", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Service:
    """A row of the table of services; ranks give the order of starting."""

    name: str
    rank: int
    database: bool = True
    # The services that it calls.
    calls: tuple[str, ...] = ()
    # Further settings; a value that begins with @ names a secret of that many random bytes.
    settings: tuple[tuple[str, str], ...] = ()


SERVICES = (
    Service("identity", rank=2, calls=("directory",),
            settings=(("master_key", "@32"), ("sign_up_open", "true"),
                      ("employee_domains", "quernember.example"),
                      ("mail_sender", "guildhall@quernember.example"))),
    Service("directory", rank=3, calls=("identity",)),
    Service("discussions", rank=4, calls=("identity", "directory")),
    Service("gateway", rank=9, database=False,
            calls=("identity", "directory", "discussions"),
            # The browser talks to this machine without TLS.
            settings=(("insecure_cookie", "true"),)),
)


@dataclasses.dataclass(frozen=True)
class Instance:
    """One process of a service."""

    service: Service
    number: int
    admin_port: int

    @property
    def name(self) -> str:
        return f"{self.service.name}-{self.number}"


@dataclasses.dataclass(frozen=True)
class Stack:
    """Everything that decides about the settings of a process."""

    context: Context
    home: Home
    choices: Choices

    @property
    def services(self) -> list[Service]:
        """Those that this checkout can build, in order of starting."""
        found = [service for service in SERVICES
                 if (self.context.root / "services" / service.name / "main.cpp").exists()]
        return sorted(found, key=lambda service: service.rank)

    @property
    def instances(self) -> list[Instance]:
        """Every process, in order of starting; each has its admin port."""
        pairs = [(service, number) for service in self.services
                 for number in range(1, self.choices.count(service.name) + 1)]
        return [Instance(service, number, self.choices.admin_port + index)
                for index, (service, number) in enumerate(pairs)]

    def listen(self, service: str, number: int) -> str:
        """Where a process takes calls: the gateway on a public port, the others privately."""
        if service == "gateway":
            return f"127.0.0.1:{self.choices.port + number - 1}"
        return f"unix:{self.home.sockets}/{service}-{number}.sock"

    def ports(self, instance: Instance) -> dict[int, str]:
        """The ports that a process listens on, with the option that moves each."""
        ports = {instance.admin_port: "--admin-port"}
        if instance.service.name == "gateway":
            ports[self.choices.port + instance.number - 1] = "--port"
        return ports

    def addresses(self, service: str) -> str:
        """Where all processes of a service are, as settings want it."""
        return ",".join(self.listen(service, number)
                        for number in range(1, self.choices.count(service) + 1))

    def secret(self, name: str, size: int) -> str:
        """A random secret in base64url, made on first use and kept."""
        path = self.home.secrets / name
        if not path.exists():
            text = base64.urlsafe_b64encode(secrets.token_bytes(size)).decode().rstrip("=")
            self.home.write(path, text)
        return path.read_text()


def settings(stack: Stack, instance: Instance) -> dict[str, str]:
    """The settings of one process; what is not here stays at its default."""
    service = instance.service
    values = {
        "listen": stack.listen(service.name, instance.number),
        "admin_listen": f"127.0.0.1:{instance.admin_port}",
        "service_key": stack.secret("service-key", 32),
        "redis_address": redis.address(stack.home),
        # No balancer has to notice.
        "drain_wait": "0s",
    }
    if service.database:
        role = postgres.role(service.name)
        values["postgres"] = (f"host={stack.home.sockets} port={postgres.PORT} "
                              f"dbname={role} user={role}")
        values["postgres_password"] = postgres.password(stack.home, service.name)
        values["page_token_key"] = stack.secret(f"{service.name}-page-token-key", 32)
    if service.name == "identity":
        values["mail_folder"] = str(stack.home.mail)
        values["reset_page"] = f"http://127.0.0.1:{stack.choices.port}/reset#"
        values["email_page"] = f"http://127.0.0.1:{stack.choices.port}/email#"
        values["invitation_page"] = f"http://127.0.0.1:{stack.choices.port}/invitation#"
    if service.name == "gateway" and stack.choices.origins:
        values["allowed_origins"] = ",".join(stack.choices.origins)
    for called in service.calls:
        values[f"{called}_address"] = stack.addresses(called)
    for name, value in service.settings:
        values[name] = (stack.secret(f"{service.name}-{name}", int(value[1:]))
                        if value.startswith("@") else value)
    return values


def operate(stack: Stack, service: str, command: str) -> str:
    """What a service's program prints for an operator's command, with the settings of its first
    process."""
    instance = next(each for each in stack.instances if each.service.name == service)
    executable, config = program(stack, instance).command
    result = subprocess.run([executable, command, config], capture_output=True, text=True,
                            check=False, env={}, cwd="/", **stack.home.user.options())
    if result.returncode != 0:
        raise Trouble(f"{service} could not {command}: {result.stderr.strip()}")
    return result.stdout.strip()


def taken_ports(home: Home) -> set[int]:
    """The ports that the running processes of a stack were told to listen on."""
    configs = [home.configs / f"{record.name}.conf" for record in processes.records(home)]
    return {int(port) for config in configs if config.exists()
            for port in LISTENS.findall(config.read_text())}


def config_text(values: dict[str, str]) -> str:
    """A settings file (libs/settings): `name = value`."""
    return "# Written by tools/dev up.\n" + "".join(f"{name} = {value}\n"
                                                    for name, value in values.items())


def program(stack: Stack, instance: Instance) -> processes.Program:
    """How to run one process; writes its settings and copies its executable."""
    config = stack.home.configs / f"{instance.name}.conf"
    stack.home.write(config, config_text(settings(stack, instance)))
    executable = _copy(stack, instance.service.name)
    return processes.Program(name=instance.name, command=[str(executable), f"--config={config}"],
                             made_of=(executable, config), rank=instance.service.rank)


def _copy(stack: Stack, service: str) -> pathlib.Path:
    """Copies an executable to where the stack's account can run it, if it differs."""
    name = f"guildhall-{service}"
    built = stack.context.build / "services" / service / name
    copy = stack.home.programs / name
    if copy.exists() and copy.read_bytes() == built.read_bytes():
        return copy
    fresh = copy.with_suffix(".new")
    shutil.copyfile(built, fresh)
    fresh.chmod(0o755)
    # A running process keeps the file that it was started from.
    fresh.replace(copy)
    return copy


def ensure(stack: Stack, instance: Instance) -> bool:
    """Starts a process unless just this one runs. True if it was started."""
    wanted = program(stack, instance)
    return processes.ensure(stack.home, wanted, lambda: _ready(instance.admin_port))


def _ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
