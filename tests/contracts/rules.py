"""The rules for contracts. Each is a function with the changes to the example that break it."""

import dataclasses
import re
from collections.abc import Callable, Iterator

from contracts.contracts import Contracts, Method, Reason

Found = Iterator[tuple[str, str]]

# Issuing a token stores nothing.
READS = re.compile(r"^(Get|BatchGet|List|Search|Echo|Subscribe|Watch|Read|Load|IssueTokens)")
NOTHING = "Fails with: nothing of its own."
# Rights that are about the caller, about everything that it may see or about the organization, not
# about one resource.
WITHOUT_RESOURCE = ("PERMISSION_OWN", "PERMISSION_BROWSE", "PERMISSION_CREDENTIAL",
                    "PERMISSION_ACCOUNT_ADMINISTER")
# How policy/v1/reason.proto begins the comments of reasons that no list repeats.
ANY_METHOD = "Any method"
NO_REQUEST_ID = "without a request id"
SECRETS = re.compile(r"(^|_)(password|secret|token)$")
# Page and resume tokens hold no right.
NO_SECRETS = ("page_token", "next_page_token", "resume_token")
TELLING = re.compile(r"(^|_)(email|display_name|address|user_agent|markdown|html|title)(_|$)")


@dataclasses.dataclass(frozen=True)
class Rule:
    """One rule; each of `breaks` replaces a text of the sound example by another."""

    name: str
    find: Callable[[Contracts], Found]
    breaks: tuple[tuple[str, str], ...]

    def breaches(self, contracts: Contracts) -> list[str]:
        return [f"protos/{place}: {what} [{self.name}]" for place, what in self.find(contracts)]


RULES: list[Rule] = []


def rule(*breaks: tuple[str, str]):
    """Declares a function that yields (place, what is wrong and what to do) as a rule."""
    def declare(find: Callable[[Contracts], Found]) -> Callable[[Contracts], Found]:
        RULES.append(Rule(find.__name__, find, breaks))
        return find
    return declare


def _place(method: Method) -> str:
    return f"{method.file}:{method.line}: {method.name}"


def _audience(contracts: Contracts, method: Method) -> str:
    number = method.policy.audience if method.policy else 0
    return contracts.enum_name("policy.v1.Audience", number)


def _permission(contracts: Contracts, method: Method) -> str:
    number = method.policy.permission if method.policy else 0
    return contracts.enum_name("policy.v1.Permission", number)


@rule(("    option (guildhall.policy.v1.method) = {audience: AUDIENCE_ANYONE};\n", ""),
      ("{audience: AUDIENCE_ANYONE}", "{audit: true}"))
def every_method_says_who_may_call(contracts: Contracts) -> Found:
    for method in contracts.methods:
        if _audience(contracts, method) == "AUDIENCE_UNSPECIFIED":
            yield _place(method), "has no policy with an audience; servers refuse to start"


@rule(("      permission: PERMISSION_BROWSE\n", ""),
      ("{audience: AUDIENCE_ANYONE}", "{audience: AUDIENCE_ANYONE permission: PERMISSION_OWN}"))
def who_is_signed_in_needs_a_permission(contracts: Contracts) -> Found:
    for method in contracts.methods:
        needs = _audience(contracts, method) == "AUDIENCE_SIGNED_IN"
        has = _permission(contracts, method) != "PERMISSION_UNSPECIFIED"
        if needs and not has:
            yield _place(method), "is for who is signed in, but names no permission"
        if has and not needs:
            yield _place(method), "names a permission that its audience leaves unchecked"


@rule(('resource: "thing.name"', 'resource: "thing.title"'),
      ('resource: "thing.name"', 'resource: "thing"'),
      ('      resource: "thing.name"\n', ""))
def a_resource_is_a_field_of_the_request(contracts: Contracts) -> Found:
    for method in contracts.methods:
        path = method.policy.resource if method.policy else ""
        if path and not _is_text(method.request, path.split(".")):
            yield _place(method), f"'{path}' is no single string field of its request"
        if not path and _needs_resource(contracts, method):
            yield _place(method), "names no resource, but its permission is about one"


@rule(('      collection: "things"\n', ""), ('resource: "thing.name"\n', ""))
def a_resource_says_what_it_is_one_of(contracts: Contracts) -> Found:
    for method in contracts.methods:
        if method.policy and bool(method.policy.resource) != bool(method.policy.collection):
            yield _place(method), "name a resource and its collection together, such as \"topics\""


def _needs_resource(contracts: Contracts, method: Method) -> bool:
    permission = _permission(contracts, method)
    return permission not in ("PERMISSION_UNSPECIFIED", *WITHOUT_RESOURCE)


def _is_text(message, path: list[str]) -> bool:
    field = message.fields_by_name.get(path[0])
    if field is None or field.label == field.LABEL_REPEATED:
        return False
    if len(path) == 1:
        return field.type == field.TYPE_STRING
    return field.message_type is not None and _is_text(field.message_type, path[1:])


@rule(("{audience: AUDIENCE_ANYONE}", "{audience: AUDIENCE_SERVICE}"),
      ("service InternalExampleService", "service OtherService"))
def what_has_no_route_stands_in_an_internal_service(contracts: Contracts) -> Found:
    for method in contracts.methods:
        internal = method.service.startswith("Internal")
        if internal != (_audience(contracts, method) == "AUDIENCE_SERVICE"):
            yield _place(method), ("a service named Internal… holds exactly the methods for "
                                   "AUDIENCE_SERVICE")


@rule((" [(guildhall.policy.v1.code) = RESOURCE_EXHAUSTED]", ""),
      ("= RESOURCE_EXHAUSTED]", "= OK]"))
def every_reason_has_a_code(contracts: Contracts) -> Found:
    for reason in contracts.reasons:
        if not reason.code:
            yield f"{reason.file}: {reason.value}", "has no (guildhall.policy.v1.code)"


@rule(("  // Fails with: NOT_FOUND, BUSY.\n", "  // Never fails.\n"))
def every_method_says_how_it_fails(contracts: Contracts) -> Found:
    for method in contracts.methods:
        if not method.fails_with and not method.prose.endswith(NOTHING):
            yield _place(method), ("end its comment with 'Fails with:' and the reasons, or "
                                   f"'{NOTHING}'")


@rule(("  // Cost: one row.\n", ""))
def every_method_says_what_it_costs(contracts: Contracts) -> Found:
    for method in contracts.methods:
        if "Cost: " not in method.prose:
            yield _place(method), "say what a call costs: 'Cost:' with round trips or rows"


@rule(("Safe to repeat with the same request id", "It takes a while"))
def writes_say_whether_they_may_be_repeated(contracts: Contracts) -> Found:
    for method in contracts.methods:
        if not READS.match(method.name) and "repeat" not in method.prose:
            yield _place(method), "is a write: say whether it is 'Safe to repeat', and how"


@rule(("TOO_MANY_THINGS, REQUEST_ID_REUSED", "TOO_FEW_THINGS, REQUEST_ID_REUSED"))
def reasons_that_are_named_exist(contracts: Contracts) -> Found:
    for method in contracts.methods:
        known = {_word(reason) for reason in contracts.reasons
                 if reason.package in (method.package, "guildhall.policy.v1")}
        for word in method.fails_with or []:
            if word not in known:
                yield _place(method), f"fails with {word}, which no reason.proto declares"


@rule(("NOT_FOUND (parent), TOO_MANY_THINGS", "NOT_FOUND"))
def every_reason_of_a_service_is_named_by_a_method(contracts: Contracts) -> Found:
    named = {(method.package, word) for method in contracts.methods
             for word in method.fails_with or []}
    for reason in contracts.reasons:
        # Those of policy and of the gateway are answered around handlers, by any method.
        if reason.package in ("guildhall.policy.v1", "guildhall.gateway.v1"):
            continue
        if (reason.package, _word(reason)) not in named:
            yield f"{reason.file}: {reason.value}", "no method fails with it; remove it"


@rule(("REQUEST_ID_REUSED, BUSY", "REQUEST_ID_REUSED"),
      ("NOT_FOUND, BUSY", "NOT_FOUND"))
def writes_say_that_a_row_may_be_locked(contracts: Contracts) -> Found:
    for method in contracts.methods:
        if not READS.match(method.name) and "BUSY" not in (method.fails_with or []):
            yield _place(method), "is a write, so another one may hold its row: it fails with BUSY"


@rule(("FIELD_INVALID, PAGE_TOKEN_INVALID", "FIELD_INVALID, OVERLOADED, PAGE_TOKEN_INVALID"),
      ("TOO_MANY_THINGS, REQUEST", "TOO_MANY_THINGS, SESSION_ENDED, REQUEST"))
def what_any_method_answers_is_not_repeated(contracts: Contracts) -> Found:
    common = {_word(reason) for reason in contracts.reasons
              if reason.comment.startswith(ANY_METHOD)}
    for method in contracts.methods:
        for word in sorted(common & set(method.fails_with or []) - set(method.remarked)):
            yield _place(method), (f"leave out {word}, which any method may answer (policy/v1/"
                                   "reason.proto), or say in brackets what it means here")


def _word(reason: Reason) -> str:
    return reason.value.removeprefix("REASON_")


@rule(("string name = 1 [(guildhall.privacy.v1.field) = {class: CLASS_PUBLIC}]", "string name = 1"),
      ("{class: CLASS_SECRET}", "{erasure: ERASURE_CLEAR}"))
def every_text_says_how_private_it_is(contracts: Contracts) -> Found:
    for field in contracts.fields:
        # An option is part of the contract and never travels.
        if field.file == "guildhall/policy/v1/policy.proto":
            continue
        if field.is_text and not (field.privacy and getattr(field.privacy, "class")):
            yield _field(field), "say how private it is: (guildhall.privacy.v1.field)"


@rule(("string password = 3 [(guildhall.privacy.v1.field) = {class: CLASS_SECRET}]",
       "string password = 3 [(guildhall.privacy.v1.field) = {class: CLASS_PUBLIC}]"))
def what_grants_access_is_secret(contracts: Contracts) -> Found:
    for field in contracts.fields:
        if SECRETS.search(field.name) and field.name not in NO_SECRETS and field.is_text:
            if _class(contracts, field) != "CLASS_SECRET":
                yield _field(field), "whoever holds it gets in: CLASS_SECRET"


@rule(("string email = 2 [(guildhall.privacy.v1.field) = {\n    class: CLASS_PERSONAL\n"
       "    erasure: ERASURE_CLEAR\n  }]",
       "string email = 2 [(guildhall.privacy.v1.field) = {class: CLASS_PUBLIC}]"))
def what_tells_of_a_person_is_personal(contracts: Contracts) -> Found:
    # A community's names and text are its own, also where an invitation, or one below, shows them.
    own = ("Community", "Ancestor", "FormerName", "MyInvitation")
    for field in contracts.fields:
        if TELLING.search(field.name) and field.is_text and field.message not in own:
            if _class(contracts, field) not in ("CLASS_PERSONAL", "CLASS_SECRET"):
                yield _field(field), "it is about or by a person: CLASS_PERSONAL"


@rule(("    erasure: ERASURE_CLEAR\n", ""),
      ("{class: CLASS_SECRET}", "{class: CLASS_SECRET erasure: ERASURE_CLEAR}"))
def erasure_goes_with_what_is_personal(contracts: Contracts) -> Found:
    for field in contracts.fields:
        if field.privacy is None:
            continue
        personal = _class(contracts, field) == "CLASS_PERSONAL"
        if personal != bool(field.privacy.erasure):
            yield _field(field), "personal fields, and only they, say what erasure does"


def _class(contracts: Contracts, field) -> str:
    number = getattr(field.privacy, "class") if field.privacy else 0
    return contracts.enum_name("privacy.v1.Class", number)


def _field(field) -> str:
    return f"{field.file}: {field.message}.{field.name}"


@rule(("  string request_id = 2", "  string other_id = 2"),
      ("Safe to repeat, without a request id.", "Safe to repeat."),
      (", REQUEST_ID_REUSED", ""))
def writes_carry_a_request_id(contracts: Contracts) -> Found:
    for method in contracts.methods:
        carries = "request_id" in method.request.fields_by_name
        # Services repeat by the ids of what they write.
        write = not READS.match(method.name) and not method.service.startswith("Internal")
        if write and not carries and NO_REQUEST_ID not in method.prose:
            yield _place(method), ("a write takes a request_id, or its comment says why it is "
                                   f"safe to repeat '{NO_REQUEST_ID}'")
        if carries and "REQUEST_ID_REUSED" not in (method.fails_with or []):
            yield _place(method), "takes a request_id, so it fails with REQUEST_ID_REUSED"


@rule(("  string next_page_token = 2", "  string cursor = 2"),
      ("  int32 page_size = 1", "  int32 limit = 1"),
      (", PAGE_TOKEN_INVALID", ""))
def pages_have_all_their_parts(contracts: Contracts) -> Found:
    for method in contracts.methods:
        parts = ("page_token" in method.request.fields_by_name,
                 "page_size" in method.request.fields_by_name,
                 "next_page_token" in method.response.fields_by_name,
                 "PAGE_TOKEN_INVALID" in (method.fails_with or []))
        if any(parts) and not all(parts):
            yield _place(method), ("pages need page_size, page_token, next_page_token and the "
                                   "reason PAGE_TOKEN_INVALID")
