"""What was chosen for a stack: ports, processes, whose pages may call. It holds until chosen
otherwise."""

import dataclasses
import json
import re
import socket

from devtool.context import Trouble
from devtool.stack.home import Home

# Far below the range from which Linux gives out ports for outgoing connections (32768 on).
PORT, ADMIN_PORT = 8080, 9080
LAST_PORT = 65535
MOST_PROCESSES = 8
# RFC 6454, section 6.2, of what pages for people have.
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]+)?")


@dataclasses.dataclass
class Choices:
    """The public port of the first gateway, the first admin port, processes by service, and the
    origins of pages that may call beside the gateway's own."""

    port: int = PORT
    admin_port: int = ADMIN_PORT
    processes: dict[str, int] = dataclasses.field(default_factory=dict)
    origins: list[str] = dataclasses.field(default_factory=list)

    def count(self, service: str) -> int:
        """How many processes a service has."""
        return self.processes.get(service, 1)


def load(home: Home) -> Choices:
    """What was chosen last; the defaults, with a word of it, where the file makes no sense."""
    path = home.folder / "choices.json"
    try:
        found = Choices(**json.loads(path.read_text()))
        if (isinstance(found.port, int) and isinstance(found.admin_port, int)
                and all(isinstance(number, int) for number in found.processes.values())
                and all(isinstance(origin, str) for origin in found.origins)):
            return found
    except FileNotFoundError:
        return Choices()
    except (ValueError, TypeError, AttributeError):
        pass
    print(f"-- {path} makes no sense: the defaults hold; --port, --admin-port, --processes and "
          "--origin change them", flush=True)
    return Choices()


def save(home: Home, choices: Choices) -> None:
    home.write(home.folder / "choices.json", json.dumps(dataclasses.asdict(choices)) + "\n")


def set_processes(choices: Choices, words: list[str], services: list[str]) -> None:
    """Reads "2" (of every service) and "discussions=2"."""
    for word in words:
        name, _, number = word.rpartition("=")
        if name not in ("", *services):
            raise Trouble(f"there is no service {name!r}. There are: {', '.join(services)}")
        if not number.isdecimal() or not 1 <= int(number) <= MOST_PROCESSES:
            raise Trouble(f"--processes {word}: give a number from 1 to {MOST_PROCESSES}")
        for service in [name] if name else services:
            choices.processes[service] = int(number)


def set_origins(choices: Choices, words: list[str]) -> None:
    """Takes these for all that were chosen before; "" is none."""
    if not words:
        return
    for word in filter(None, words):
        if not ORIGIN.fullmatch(word):
            raise Trouble(f"--origin {word}: give the scheme, host and port of a page alone, as "
                          "in http://localhost:5173")
    choices.origins = [word for word in words if word]


def require_free(port: int, option: str) -> None:
    """Fails with a sentence for people if somebody listens on a port of 127.0.0.1."""
    if not 0 < port <= LAST_PORT:
        raise Trouble(f"there is no port {port}: choose from 1024 to {LAST_PORT} with {option} N.")
    with socket.socket() as probe:
        # As servers do: what lingers of closed connections does not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Trouble(f"port {port} needs a privilege. Choose one from 1024 on with "
                          f"{option} N.") from None
        except OSError:
            raise Trouble(f"port {port} on 127.0.0.1 is taken by another program (as root, "
                          f"`ss -ltnp` tells which). Stop it, or choose another with "
                          f"{option} N.") from None
