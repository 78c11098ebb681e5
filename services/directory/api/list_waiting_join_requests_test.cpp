// Who waits for somebody's answer, over all communities where it keeps order.
#include <algorithm>
#include <set>

#include "absl/strings/str_split.h"

#include "services/directory/api/proposals_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kFieldInvalid;
using policy::reasons::kPageTokenInvalid;
using resources::JoinRequestName;
using Names = std::vector<std::string>;

struct Fixture : ProposalsFixture {
  Fixture() {
    Wait(bakers, guest, 1);
    Wait(millers, guest, 3);
    Wait(ovens, other, 2);
    AddMembership(ovens, owner, Role::kOwner);
  }
  void Wait(CommunityId community, MemberId member, int days) {
    Run(absl::StrCat("INSERT INTO proposals (community_id, member_id, kind, creator_id, ",
                     "create_time, expire_time) SELECT '", community.ToString(), "', id, 1, id, ",
                     "now() - ", days, " * interval '1 day', now() + interval '9 days' ",
                     "FROM members WHERE id = '", member.ToString(), "'"));
  }
  absl::StatusOr<v1::ListWaitingJoinRequestsResponse> List(
      const v1::ListWaitingJoinRequestsRequest& request) {
    return Call(Permission::kBrowse, ListWaitingJoinRequests, request);
  }
  int Count() {
    const auto counted = Call(Permission::kBrowse, GetWaitingJoinRequestCount,
                              v1::GetWaitingJoinRequestCountRequest());
    REQUIRE(counted.ok());
    return counted->count();
  }
  // Who waits for `member`, page by page; as many as are counted.
  Names For(MemberId member, int page_size = 0) {
    As(member);
    v1::ListWaitingJoinRequestsRequest request;
    request.set_page_size(page_size);
    Names names;
    do {
      const auto page = List(request);
      REQUIRE(page.ok());
      for (const v1::JoinRequest& each : page->join_requests()) names.push_back(each.name());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    CHECK(Count() == std::min(100, static_cast<int>(names.size())));
    return names;
  }

  const MemberId other = AddMember("Otto");
  const CommunityId millers =
      AddCommunity("Millers", Visibility::kClosed, Admits::kEmployees, guild);
  const CommunityId ovens = AddCommunity("Ovens", Visibility::kClosed);
  const std::string at_bakers = JoinRequestName(bakers, guest),
                    at_millers = JoinRequestName(millers, guest),
                    at_ovens = JoinRequestName(ovens, other);
};

TEST_CASE_METHOD(Fixture, "who keeps order is told who waits there and below, the longest first") {
  CHECK(For(above) == Names{at_millers, at_bakers});
  CHECK(For(owner) == Names{at_ovens, at_bakers});
  CHECK(For(moderator) == Names{at_bakers});
  CHECK(For(member).empty());
  CHECK(For(guest).empty());
  CHECK(For(AddMember("Stella")).empty());
  CHECK(For(MemberId()).empty());
}

TEST_CASE_METHOD(Fixture, "what somebody writes with its request is told with it") {
  As(AddMember("Nora"));
  v1::CreateJoinRequestRequest asked;
  asked.mutable_join_request()->set_message("I bake, too.");
  REQUIRE(Write(Permission::kCommunityJoin, CreateJoinRequest, asked).ok());
  As(moderator);
  const auto told = List({});
  REQUIRE(told->join_requests_size() == 2);
  CHECK(told->join_requests(1).message() == "I bake, too.");
  CHECK(told->join_requests(1).state() == v1::PROPOSAL_STATE_PENDING);
}

TEST_CASE_METHOD(Fixture, "a moderator above has no say below") {
  Run("UPDATE memberships SET role = 2 WHERE member_id = '" + above.ToString() + "'");
  CHECK(For(above).empty());
}

TEST_CASE_METHOD(Fixture,
                 "what was answered, or is an invitation, waits for nobody's answer here") {
  As(moderator);
  REQUIRE(DeclineRequest().ok());
  CHECK(For(moderator).empty());
  As(moderator);
  REQUIRE(InviteWhom(other).ok());
  CHECK(For(moderator).empty());
}

TEST_CASE_METHOD(Fixture, "an invitation that waits longer takes no place on a page of requests") {
  for (int n = 0; n < 3; ++n) Wait(bakers, AddMember("Ivo"), 9);
  Run("UPDATE proposals SET kind = 2 WHERE create_time < now() - interval '8 days'");
  CHECK(For(moderator, 1) == Names{at_bakers});
}

TEST_CASE_METHOD(Fixture, "where nobody is let in, as all is archived, nobody waits") {
  Run("UPDATE communities SET archived = true WHERE display_name = 'Bakers'");
  CHECK(For(owner) == Names{at_ovens});
}

TEST_CASE_METHOD(Fixture, "who is banned there or above, or keeps order no more, is told nothing") {
  Run("INSERT INTO bans (member_id, community_id, creator_id, create_time) VALUES ('" +
      owner.ToString() + "', '" + guild.ToString() + "', '" + above.ToString() + "', now())");
  CHECK(For(owner) == Names{at_ovens});
  Run("DELETE FROM memberships");
  CHECK(For(owner).empty());
}

TEST_CASE_METHOD(Fixture, "an external owner above is told who asks where it is admitted") {
  const MemberId customer = AddMember("Carla", Affiliation::kExternal);
  AddMembership(guild, customer, Role::kOwner);
  CHECK(For(customer) == Names{at_bakers});
  AddMembership(millers, customer, Role::kModerator);
  CHECK(For(customer) == Names{at_millers, at_bakers});
}

TEST_CASE_METHOD(Fixture, "pages hold each once, also of one moment, and are of one caller") {
  for (int n = 0; n < 5; ++n) Wait(n % 2 == 0 ? bakers : millers, AddMember("Somebody"), 1);
  Run("UPDATE proposals SET create_time = '2026-01-01' WHERE community_id <> '" + ovens.ToString() +
      "'");
  const Names all = For(above, 2);
  CHECK(all.size() == 7);
  CHECK(std::set<std::string>(all.begin(), all.end()).size() == 7);
  v1::ListWaitingJoinRequestsRequest request;
  request.set_page_size(1);
  As(above);
  request.set_page_token(List(request)->next_page_token());
  As(owner);
  CHECK(Is(List(request).status(), kPageTokenInvalid));
  request.clear_page_token();
  request.set_page_size(-1);
  CHECK(Is(List(request).status(), kFieldInvalid));
  request.set_page_size(51);
  CHECK(List(request).ok());
}

// The statement goes three ways: few communities and few who wait, few and many, many communities.
TEST_CASE_METHOD(Fixture, "the longest waiting come first, however many wait in however many") {
  std::vector<MemberId> guests;
  for (int i = 0; i < 4; ++i) guests.push_back(AddMember("Guest"));
  int days = 0;
  for (int i = 0; i < 24; ++i) {
    const CommunityId branch =
        AddCommunity("Branch " + std::to_string(i), Visibility::kClosed, Admits::kEmployees, guild);
    for (const MemberId waiting : guests) Wait(branch, waiting, (days += 7) % 60);
    // 42 wait in 13 communities, then 62 in 18, then 98 in 27.
    if (i != 9 && i != 14 && i != 23) continue;
    INFO(i + 1 << " branches");
    Names expected;
    const std::string sorted = Ask(
        "SELECT string_agg(community_id || '/joinRequests/' || member_id, ' ' "
        "ORDER BY create_time, community_id, member_id) FROM proposals WHERE community_id <> '" +
        ovens.ToString() + "'");
    for (const auto name : absl::StrSplit(sorted, ' ')) {
      expected.push_back(absl::StrCat("communities/", name));
    }
    CHECK(For(above, 7) == expected);
  }
}

TEST_CASE_METHOD(Fixture, "they are counted to 100") {
  const auto count = [&](int waiting) {
    Run(absl::StrCat("DELETE FROM proposals; INSERT INTO members (id, display_name, affiliation, ",
                     "create_time) SELECT gen_random_uuid(), 'Guest', 1, now() ",
                     "FROM generate_series(1, 101); INSERT INTO proposals (community_id, ",
                     "member_id, kind, creator_id, create_time, expire_time) SELECT '",
                     bakers.ToString(), "', id, 1, id, now(), now() FROM members ",
                     "WHERE display_name = 'Guest' LIMIT ", waiting));
    As(moderator);
    return Count();
  };
  CHECK(count(99) == 99);
  CHECK(count(100) == 100);
  CHECK(count(101) == 100);
}

}  // namespace
}  // namespace guildhall::directory
