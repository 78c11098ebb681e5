"""The administrator of the demo organization: made as an operator makes the first one."""

import uuid

from devtool.stack.demo import Account
from devtool.stack.services import Stack, operate
from devtool.stack.smoke import Client

COMMAND = "issue-administrator-secret"


def ensure(stack: Stack, account: Account) -> None:
    """Has an account administer the organization, if it does not yet."""
    client = Client(stack.choices.port)
    client.sign_in(account)
    if not client.call("identity.v1.IdentityService/GetMe").get("administrator", False):
        client.call("identity.v1.AccountService/ClaimAdministrator", requestId=str(uuid.uuid4()),
                    secret=operate(stack, "identity", COMMAND))
    client.call("identity.v1.IdentityService/SignOut")
