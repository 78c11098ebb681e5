"""A short way through the whole house, as a client of the gateway goes it."""

import json
import uuid
import http.client

from devtool.context import Trouble
from devtool.stack.demo import Account

SECONDS = 10


class Client:
    """Calls methods through the gateway by the Connect protocol with JSON."""

    def __init__(self, port: int):
        self._port = port
        self._token = ""

    def call(self, method: str, **request) -> dict:
        """The answer to `method` ("identity.v1.IdentityService/GetMe")."""
        headers = {"content-type": "application/json", "connect-protocol-version": "1"}
        if self._token:
            headers["authorization"] = f"Bearer {self._token}"
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=SECONDS)
        try:
            connection.request("POST", f"/guildhall.{method}", json.dumps(request), headers)
            response = connection.getresponse()
            body = response.read()
        except OSError as error:
            raise Trouble(f"the gateway on port {self._port} did not answer: {error}") from None
        finally:
            connection.close()
        if response.status != 200:
            raise Trouble(f"{method} answered {response.status}: {body.decode(errors='replace')}")
        return json.loads(body)

    def sign_in(self, account: Account) -> None:
        answer = self.call("identity.v1.IdentityService/SignIn", email=account.email,
                           password=account.password, delivery="SESSION_DELIVERY_BEARER",
                           requestId=str(uuid.uuid4()))
        self._token = answer["sessionSecret"]


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
