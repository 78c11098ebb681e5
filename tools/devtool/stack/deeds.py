"""What the members of the demo organization do themselves, through the gateway.

An import brings what was written and said; what somebody has to decide, somebody decides: charters,
requests to join, invitations, bans, topics that are moved, what is removed.
"""

from devtool.stack.demo import Account
from devtool.stack.smoke import Client


def do(port: int, accounts: list[Account], deeds: list[dict]) -> None:
    """Does them in their order. Those that were done before are not done over again.

    Everybody who does something signs in once: a password takes 60 ms to check.
    """
    by_email = {account.email: account for account in accounts}
    clients: dict[str, Client] = {}
    for deed in deeds:
        email = deed["email"]
        if email not in clients:
            clients[email] = Client(port)
            clients[email].sign_in(by_email[email])
        clients[email].call_or_refused(deed["method"], deed["doneReasons"], **deed["request"])
    for client in clients.values():
        client.call("identity.v1.IdentityService/SignOut")
