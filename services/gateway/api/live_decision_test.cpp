#include "services/gateway/api/live_decision.h"

#include <catch2/catch.hpp>

namespace guildhall::gateway {
namespace {

MemberId Member(int n) {
  Uuid uuid;
  uuid.bytes[15] = static_cast<std::uint8_t>(n);
  return MemberId(uuid);
}
const MemberId ada = Member(1), ben = Member(2);

// What is true of a listener who is an employee, unless said otherwise.
access::Answer In(Visibility visibility, Role role = Role::kNone,
                  Affiliation affiliation = Affiliation::kEmployee,
                  Admits admits = Admits::kEmployees) {
  return {.subject = {true, affiliation},
          .community = {.exists = true, .visibility = visibility, .admits = admits, .role = role}};
}

access::Answer Banned(access::Answer answer) {
  answer.community.banned = true;
  return answer;
}

Told Tell(Subject subject, const access::Answer& answer, MemberId about = ben) {
  return Decide({.subject = subject, .member = about}, ada, answer, nullptr);
}

constexpr auto kOpen = Visibility::kOpen;
constexpr auto kClosed = Visibility::kClosed;
constexpr auto kSecret = Visibility::kSecret;
constexpr auto kExternal = Affiliation::kExternal;

TEST_CASE("content is told to who may read it now") {
  CHECK(Tell(Subject::kContent, In(kOpen)).changed);
  CHECK(Tell(Subject::kContent, In(kClosed)).Nothing());
  CHECK(Tell(Subject::kContent, In(kClosed, Role::kMember)).changed);
  CHECK(Tell(Subject::kContent, In(kSecret)).Nothing());
  CHECK(Tell(Subject::kContent, In(kOpen, Role::kNone, kExternal)).Nothing());
  CHECK(Tell(Subject::kContent, In(kOpen, Role::kNone, Affiliation::kNone)).Nothing());
  CHECK(Tell(Subject::kContent, {.subject = {true, Affiliation::kEmployee}}).Nothing());
}

TEST_CASE("that a topic has left or come is told to who may read there now") {
  for (const auto moved : {Subject::kTopicLeft, Subject::kTopicMoved}) {
    CHECK(Tell(moved, In(kOpen)) == Told{.changed = true});
    CHECK(Tell(moved, In(kClosed)).Nothing());
    CHECK(Tell(moved, In(kSecret, Role::kMember)) == Told{.changed = true});
  }
}

TEST_CASE("a community is told to who sees it, the one above only to who sees that") {
  ChangeFacts change{.subject = Subject::kCommunity, .parent = CommunityId()};
  const access::Answer seen = In(kClosed), hidden = In(kSecret);
  CHECK(Decide(change, ada, seen, &seen) == Told{.changed = true, .parent = true});
  CHECK(Decide(change, ada, seen, &hidden) == Told{.changed = true});
  CHECK(Decide(change, ada, seen, nullptr) == Told{.changed = true});
  CHECK(Decide(change, ada, hidden, &seen).Nothing());
}

TEST_CASE("who joins gains the community, who sees its members hears of it") {
  const auto created = Subject::kMembershipCreated;
  CHECK(Tell(created, In(kSecret, Role::kMember), ada) == Told{.gained = true, .changed = true});
  CHECK(Tell(created, In(kOpen)) == Told{.changed = true});
  CHECK(Tell(created, In(kClosed)).Nothing());
  CHECK(Tell(created, In(kSecret)).Nothing());
  // Has left again since.
  CHECK(Tell(created, In(kSecret), ada).Nothing());
}

TEST_CASE("a new role is told to who sees the members") {
  const auto updated = Subject::kMembershipUpdated;
  CHECK(Tell(updated, In(kSecret, Role::kMember), ada) == Told{.changed = true});
  CHECK(Tell(updated, In(kOpen)) == Told{.changed = true});
  CHECK(Tell(updated, In(kClosed)).Nothing());
  CHECK(Tell(updated, Banned(In(kOpen)), ada).Nothing());
}

TEST_CASE("a charter is told to who sees the community") {
  CHECK(Tell(Subject::kCharter, In(kClosed)) == Told{.changed = true});
  CHECK(Tell(Subject::kCharter, In(kSecret)).Nothing());
}

TEST_CASE(
    "requests and mutes are told to who keeps order, and to the member who sees the community") {
  const auto request = GENERATE(Subject::kJoinRequest, Subject::kMute);
  for (const Role role : {Role::kModerator, Role::kOwner}) {
    CHECK(Tell(request, In(kClosed, role)) == Told{.changed = true});
  }
  CHECK(Tell(request, In(kClosed, Role::kMember)).Nothing());
  CHECK(Tell(request, In(kClosed)).Nothing());
  CHECK(Tell(request, In(kClosed), ada) == Told{.changed = true});
  CHECK(Tell(request, In(kSecret), ada).Nothing());
  CHECK(Tell(request, Banned(In(kClosed)), ada).Nothing());
}

TEST_CASE("an invitation is told to who keeps order and to who is invited, and to nobody else") {
  const auto invitation = Subject::kInvitation;
  CHECK(Tell(invitation, In(kSecret, Role::kModerator)) == Told{.changed = true});
  CHECK(Tell(invitation, In(kSecret, Role::kMember)).Nothing());
  CHECK(Tell(invitation, In(kOpen)).Nothing());
  CHECK(Tell(invitation, In(kSecret), ada) == Told{.changed = true});
  CHECK(Tell(invitation, Banned(In(kSecret)), ada).Nothing());
}

TEST_CASE("who leaves loses the community, and gains again what may still be seen") {
  const auto deleted = Subject::kMembershipDeleted;
  CHECK(Tell(deleted, In(kSecret), ada) == Told{.lost = true});
  CHECK(Tell(deleted, In(kClosed), ada) == Told{.lost = true, .gained = true});
  CHECK(Tell(deleted, In(kOpen), ada) == Told{.lost = true, .gained = true, .changed = true});
  CHECK(Tell(deleted, In(kSecret)).Nothing());
  CHECK(Tell(deleted, In(kSecret, Role::kMember)) == Told{.changed = true});
}

TEST_CASE("a narrowed community is lost by those without a membership who could see it") {
  const auto employees = Subject::kNarrowedFromEmployees;
  const auto everyone = Subject::kNarrowedFromEveryone;
  CHECK(Tell(employees, In(kSecret)) == Told{.lost = true});
  CHECK(Tell(employees, In(kClosed)) == Told{.lost = true, .gained = true});
  CHECK(Tell(employees, In(kSecret, Role::kMember)).Nothing());
  CHECK(Tell(employees, In(kSecret, Role::kNone, kExternal)).Nothing());
  CHECK(Tell(everyone, In(kOpen, Role::kNone, kExternal)) == Told{.lost = true});
  CHECK(Tell(everyone, In(kOpen, Role::kMember, kExternal)).Nothing());
  CHECK(Tell(everyone, In(kSecret, Role::kNone, Affiliation::kNone)).Nothing());
}

TEST_CASE("a widened community is gained by those without a membership who may see it") {
  CHECK(Tell(Subject::kWidened, In(kOpen)) == Told{.gained = true});
  CHECK(Tell(Subject::kWidened, In(kSecret)).Nothing());
  CHECK(Tell(Subject::kWidened, In(kOpen, Role::kMember)).Nothing());
  CHECK(Tell(Subject::kWidened, In(kOpen, Role::kNone, kExternal, Admits::kEveryone)) ==
        Told{.gained = true});
}

TEST_CASE("whoever is banned loses the community and hears nothing of it") {
  const access::Answer employee = Banned(In(kOpen)), owner = Banned(In(kOpen, Role::kOwner));
  CHECK(Tell(Subject::kHiddenFromMember, employee, ada) == Told{.lost = true});
  CHECK(Tell(Subject::kMembershipDeleted, employee, ada) == Told{.lost = true});
  for (const access::Answer& banned : {employee, owner}) {
    for (const auto subject : {Subject::kContent, Subject::kCommunity, Subject::kMembershipCreated,
                               Subject::kMembershipDeleted, Subject::kWidened}) {
      CHECK(Tell(subject, banned).Nothing());
    }
  }
  CHECK(Tell(Subject::kHiddenFromMember, In(kOpen, Role::kOwner)).Nothing());
}

TEST_CASE("whoever owns nothing above any more loses it, and gains again what may still be seen") {
  const auto hidden = Subject::kHiddenFromMember;
  CHECK(Tell(hidden, In(kSecret), ada) == Told{.lost = true});
  CHECK(Tell(hidden, In(kClosed), ada) == Told{.lost = true, .gained = true});
}

TEST_CASE("a narrowed community is nothing to whoever is banned from it") {
  CHECK(Tell(Subject::kNarrowedFromEmployees, Banned(In(kClosed))).Nothing());
  CHECK(Tell(Subject::kNarrowedFromEveryone, Banned(In(kClosed))).Nothing());
}

TEST_CASE("whoever is not banned any more gains what it may see") {
  const auto shown = Subject::kShownToMember;
  CHECK(Tell(shown, In(kOpen), ada) == Told{.gained = true});
  CHECK(Tell(shown, In(kSecret), ada).Nothing());
  // Banned again since.
  CHECK(Tell(shown, Banned(In(kOpen)), ada).Nothing());
  CHECK(Tell(shown, In(kOpen, Role::kOwner)).Nothing());
}

TEST_CASE("members are told to employees, and to themselves") {
  CHECK(Tell(Subject::kMember, In(kOpen)).changed);
  CHECK(Tell(Subject::kMember, In(kOpen, Role::kNone, kExternal)).Nothing());
  CHECK(Tell(Subject::kMember, In(kOpen, Role::kNone, kExternal), ada).changed);
}

}  // namespace
}  // namespace guildhall::gateway
