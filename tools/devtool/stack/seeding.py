"""Fills a stack with the demo organization."""

from devtool.stack import administrator, deeds, demo
from devtool.stack.services import Stack


def seed(stack: Stack) -> None:
    """Loads the demo organization; what exists is left as it is.

    Cut short anywhere, it is repeated from the start and writes what is missing.
    """
    accounts = demo.accounts(stack.context)
    left_to_do = demo.load(stack)
    administrator.ensure(stack, accounts[0])
    deeds.do(stack, accounts, left_to_do)
    demo.mark_seeded(stack)
