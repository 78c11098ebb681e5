"""What the members of the demo organization do themselves, through the gateway.

An import brings what was written and said; what somebody has to decide, somebody decides: charters,
requests to join, invitations, bans, topics that are moved, what is removed, and all that
deploy/demo/lately.md tells.
"""

import json
import re

from devtool.stack.demo import Account
from devtool.stack.services import Stack
from devtool.stack.smoke import Client

# The name of what an earlier deed made.
MADE = re.compile(r"\$\{([^}]*)\}")


def do(stack: Stack, accounts: list[Account], deeds: list[dict]) -> None:
    """Does them in their order. Those that were done before are not done over again.

    Everybody who does something signs in once: a password takes 60 ms to check.
    """
    by_email = {account.email: account for account in accounts}
    clients: dict[str, Client] = {}
    journal = Journal(stack)
    for deed in deeds:
        email = deed["email"]
        if journal.has(deed):
            continue
        if email not in clients:
            clients[email] = Client(stack.choices.port)
            clients[email].sign_in(by_email[email])
        request = journal.filled_in(deed["request"])
        if deed["doneReasons"]:
            clients[email].call_or_refused(deed["method"], deed["doneReasons"], **request)
        else:
            journal.add(deed, clients[email].call(deed["method"], **request))
    for client in clients.values():
        client.call("identity.v1.IdentityService/SignOut")


class Journal:
    """Which deeds were done that no refusal tells apart from new ones, and what they made.

    Kept beside the stack. One that was cut off before it was noted is done again with the same
    request id: its effect is one.
    """

    def __init__(self, stack: Stack):
        self._home = stack.home
        self._path = stack.home.folder / "deeds-done.json"
        self._made: dict[str, str] = (json.loads(self._path.read_text())
                                      if self._path.exists() else {})

    def has(self, deed: dict) -> bool:
        """Whether it was done."""
        return deed["id"] in self._made

    def add(self, deed: dict, answer: dict) -> None:
        """Notes that it was done, and the name in the answer."""
        self._made[deed["id"]] = answer.get("name", "")
        self._home.write(self._path, json.dumps(self._made, indent=1))

    def filled_in(self, request: dict) -> dict:
        """A request with the names of what was made before."""
        return json.loads(MADE.sub(lambda match: self._made[match[1]], json.dumps(request)))
