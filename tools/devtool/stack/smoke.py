"""A short way through the whole house, as a client of the gateway goes it."""

import json
import time
import uuid
import http.client

from devtool.context import Trouble
from devtool.stack.demo import Account

SECONDS = 10
# The gateway tries an upstream that was away again within a second; a busy machine takes longer.
PATIENCE = 30


class Client:
    """Calls methods through the gateway by the Connect protocol with JSON."""

    def __init__(self, port: int):
        self._port = port
        self._token = ""

    def call(self, method: str, **request) -> dict:
        """The answer to `method` ("identity.v1.IdentityService/GetMe").

        A service that has just started is found by the gateway within a second: UNAVAILABLE and
        DEADLINE_EXCEEDED are asked again for a while. The call must be safe to repeat.
        """
        status, body = self._ask_patiently(method, request)
        if status != 200:
            raise Trouble(f"{method} answered {status}: {body.decode(errors='replace')}")
        return json.loads(body)

    def call_or_refused(self, method: str, reasons: list[str], **request) -> None:
        """The same of which nobody needs the answer: a refusal for one of these reasons will do."""
        status, body = self._ask_patiently(method, request)
        if status != 200 and not reasons_of(body) & set(reasons):
            raise Trouble(f"{method} answered {status}: {body.decode(errors='replace')}")

    def _ask_patiently(self, method: str, request: dict) -> tuple[int, bytes]:
        end = time.monotonic() + PATIENCE
        while True:
            status, body = self._ask(method, request)
            if status not in (503, 504) or time.monotonic() > end:
                return status, body
            time.sleep(0.1)

    def _ask(self, method: str, request: dict) -> tuple[int, bytes]:
        headers = {"content-type": "application/json", "connect-protocol-version": "1"}
        if self._token:
            headers["authorization"] = f"Bearer {self._token}"
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=SECONDS)
        try:
            connection.request("POST", f"/guildhall.{method}", json.dumps(request), headers)
            response = connection.getresponse()
            return response.status, response.read()
        except OSError as error:
            raise Trouble(f"the gateway on port {self._port} did not answer: {error}") from None
        finally:
            connection.close()

    def sign_in(self, account: Account) -> None:
        answer = self.call("identity.v1.IdentityService/SignIn", email=account.email,
                           password=account.password, delivery="SESSION_DELIVERY_BEARER",
                           requestId=str(uuid.uuid4()))
        self._token = answer["sessionSecret"]


def reasons_of(body: bytes) -> set[str]:
    """Why a call was refused, as the Connect protocol tells it in JSON."""
    details = json.loads(body).get("details", [])
    return {detail["debug"]["reason"] for detail in details if "reason" in detail.get("debug", {})}


def journey(port: int, account: Account) -> None:
    """Signs in, finds a community, reads a topic and who wrote in it, signs out.

    Fails with what was answered otherwise, or with what was missing.
    """
    client = Client(port)
    client.sign_in(account)
    mine = client.call("directory.v1.DirectoryService/ListMyCommunities")
    community = _first(mine, "communities", "a community of one's own")["community"]
    topics = client.call("discussions.v1.DiscussionsService/ListTopics", parent=community["name"])
    topic = _first(topics, "topics", f"a topic in {community['displayName']}")
    posts = client.call("discussions.v1.DiscussionsService/ListPosts", parent=topic["name"])
    post = _first(posts, "posts", f"a post in {topic['title']}")
    authors = client.call("directory.v1.DirectoryService/BatchGetMembers", names=[post["author"]])
    _first(authors, "members", "the author of a post")
    client.call("identity.v1.IdentityService/SignOut")


def _first(answer: dict, field: str, what: str) -> dict:
    if not answer.get(field):
        raise Trouble(f"the smoke journey found no trace of {what}")
    return answer[field][0]
