// Imports that come again: what the source has changed since is brought, what was changed here
// stays.
#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using importing::v1::Outcome;

struct Fixture : ApiFixture {
  static std::string Imported(const char* kind, int n) {
    return absl::StrCat(kind, "/018f0000-0000-8000-8000-00000000000", n);
  }
  static v1::Member Member(int n, const std::string& name) {
    v1::Member member;
    member.set_name(Imported("members", n));
    member.set_display_name(name);
    member.set_affiliation(v1::AFFILIATION_EMPLOYEE);
    member.mutable_create_time()->set_seconds(1'600'000'000);
    return member;
  }
  static v1::Community Community(int n, const std::string& name, int parent = 0) {
    v1::Community community;
    community.set_name(Imported("communities", n));
    if (parent > 0) community.set_parent(Imported("communities", parent));
    community.set_display_name(name);
    community.set_kind(v1::COMMUNITY_KIND_INTEREST);
    community.set_visibility(v1::VISIBILITY_OPEN);
    community.set_admits(v1::ADMITS_EMPLOYEES);
    community.mutable_create_time()->set_seconds(1'600'000'000);
    return community;
  }
  static v1::ImportedMembership Membership(int community, int member,
                                           v1::Role role = v1::ROLE_MEMBER) {
    v1::ImportedMembership membership;
    membership.set_community(Imported("communities", community));
    membership.set_member(Imported("members", member));
    membership.set_role(role);
    membership.mutable_create_time()->set_seconds(1'600'000'000);
    return membership;
  }

  template <typename Response, typename Request>
  std::vector<Outcome> OutcomesOf(absl::StatusOr<Response> (*method)(Directory&, const rpc::Call&,
                                                                     const Request&),
                                  Request& request) {
    request.set_follow_source(true);
    request.set_validate_only(validate_only);
    const auto response = Call(Permission::kBrowse, method, request);
    REQUIRE(response.ok());
    return {response->outcomes().begin(), response->outcomes().end()};
  }
  std::vector<Outcome> Import(const std::vector<v1::Member>& members) {
    v1::ImportMembersRequest request;
    request.mutable_members()->Assign(members.begin(), members.end());
    return OutcomesOf(ImportMembers, request);
  }
  std::vector<Outcome> Import(const std::vector<v1::Community>& communities) {
    v1::ImportCommunitiesRequest request;
    request.mutable_communities()->Assign(communities.begin(), communities.end());
    return OutcomesOf(ImportCommunities, request);
  }
  std::vector<Outcome> Import(const std::vector<v1::ImportedMembership>& memberships) {
    v1::ImportMembershipsRequest request;
    request.mutable_memberships()->Assign(memberships.begin(), memberships.end());
    return OutcomesOf(ImportMemberships, request);
  }
  static std::vector<int> Results(const std::vector<Outcome>& outcomes) {
    std::vector<int> results;
    for (const Outcome& outcome : outcomes) results.push_back(outcome.result());
    return results;
  }
  std::string Changes() { return Ask("SELECT count(*) FROM change_log"); }

  bool validate_only = false;
};

using Expected = std::vector<int>;
constexpr int kCreated = importing::v1::RESULT_CREATED,
              kUnchanged = importing::v1::RESULT_UNCHANGED,
              kUpdated = importing::v1::RESULT_UPDATED, kKept = importing::v1::RESULT_KEPT,
              kGone = importing::v1::RESULT_GONE, kRefused = importing::v1::RESULT_REFUSED;

TEST_CASE_METHOD(Fixture, "members follow their source unless they were edited here") {
  CHECK(Results(Import({Member(1, "Ada"), Member(2, "Ben")})) == Expected{kCreated, kCreated});
  const std::string changes = Changes();
  const auto rows = [&] {
    return Ask("SELECT string_agg(xmin::text, ' ' ORDER BY id) FROM members");
  };
  const std::string before = rows();
  const auto again = Import({Member(1, "Ada"), Member(2, "Ben")});
  CHECK(Results(again) == Expected{kUnchanged, kUnchanged});
  CHECK(again[0].content_hash().size() == 32);
  CHECK(Changes() == changes);
  CHECK(rows() == before);
  Run("UPDATE members SET display_name = 'Benno', version = 2 WHERE display_name = 'Ben'");
  CHECK(Results(Import({Member(1, "Ada B."), Member(2, "Benjamin")})) == Expected{kUpdated, kKept});
  CHECK(Ask("SELECT string_agg(display_name || ' ' || version, ', ' ORDER BY id) FROM members") ==
        "Ada B. 2, Benno 2");
  CHECK(Ask("SELECT kind || ' ' || version || ' ' || origin FROM change_log ORDER BY n DESC "
            "LIMIT 1") == "2 2 2");
}

TEST_CASE_METHOD(Fixture, "a member whose record cannot be taken is refused alone") {
  v1::Member blank = Member(1, "");
  const auto outcomes = Import({blank, Member(2, "Ben")});
  CHECK(Results(outcomes) == Expected{kRefused, kCreated});
  CHECK(outcomes[0].sentence().starts_with("display_name "));
  v1::Member external = Member(2, "Ben");
  external.set_affiliation(v1::AFFILIATION_EXTERNAL);
  const auto again = Import({external});
  CHECK(again[0].result() == kUnchanged);
  CHECK(again[0].asides(0) == importing::v1::ASIDE_AFFILIATION);
  v1::ImportMembersRequest as_before;
  *as_before.add_members() = blank;
  CHECK(Is(Call(Permission::kBrowse, ImportMembers, as_before).status(),
           policy::reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "communities follow their source, and keep who sees them") {
  REQUIRE(Results(Import({Community(1, "Bread"), Community(2, "Rye", 1)})) ==
          Expected{kCreated, kCreated});
  v1::Community renamed = Community(1, "Breads");
  renamed.set_visibility(v1::VISIBILITY_SECRET);
  const auto outcomes = Import({renamed, Community(2, "Rye", 1)});
  CHECK(Results(outcomes) == Expected{kUpdated, kUnchanged});
  CHECK(outcomes[0].asides(0) == importing::v1::ASIDE_REACH);
  CHECK(Ask("SELECT string_agg(display_name || ' ' || visibility || ' ' || version, ', ' "
            "ORDER BY id) FROM communities") == "Breads 1 2, Rye 1 1");
  CHECK(Results(Import({renamed})) == Expected{kUnchanged});
  Run("UPDATE communities SET display_name = 'Loaves', version = 3 WHERE parent_id IS NULL");
  CHECK(Results(Import({renamed})) == Expected{kKept});
}

TEST_CASE_METHOD(Fixture, "a community that may not stand where it says is refused alone") {
  v1::Community wide = Community(3, "Wide", 1);
  wide.set_admits(v1::ADMITS_EVERYONE);
  const auto outcomes = Import({Community(1, "Bread"), Community(2, "bread"), wide,
                                Community(4, "Orphan", 9), Community(5, "Rye", 1)});
  CHECK(Results(outcomes) == Expected{kCreated, kRefused, kRefused, kRefused, kCreated});
  CHECK(outcomes[1].sentence() == "display_name is that of another community beside it");
  // A later name that somebody beside it has.
  REQUIRE(Results(Import({Community(6, "Spelt", 1)})) == Expected{kCreated});
  CHECK(Results(Import({Community(6, "RYE", 1)})) == Expected{kRefused});
}

TEST_CASE_METHOD(Fixture, "a name that is taken where the community stands is refused alone") {
  // Sent as secret, and below another: it is neither here, so it needs a name of its own.
  REQUIRE(Results(Import({Community(1, "Bread"), Community(2, "Rye"), Community(3, "Spelt")})) ==
          Expected{kCreated, kCreated, kCreated});
  v1::Community secret = Community(2, "Bread"), below = Community(3, "bread", 1);
  secret.set_visibility(v1::VISIBILITY_SECRET);
  CHECK(Results(Import({secret, below, Community(4, "Oats"), Community(1, "Breads")})) ==
        Expected{kRefused, kRefused, kCreated, kUpdated});
  // What is secret here needs none.
  Run("UPDATE communities SET visibility = 3 WHERE display_name = 'Rye'");
  CHECK(Results(Import({Community(2, "Oats")})) == Expected{kUpdated});
}

TEST_CASE_METHOD(Fixture, "a record that comes twice in a request is refused the second time") {
  for (const bool only_validated : {true, false}) {
    validate_only = only_validated;
    const auto members = Import({Member(1, "Ada"), Member(1, "Ben")});
    CHECK(Results(members) == Expected{kCreated, kRefused});
    CHECK(members[1].sentence() == "name comes twice");
    CHECK(Results(Import({Community(1, "Bread"), Community(1, "Rye")})) ==
          Expected{kCreated, kRefused});
    const auto memberships =
        Import({Membership(1, 1), Membership(1, 1, v1::ROLE_OWNER), Membership(1, 2)});
    CHECK(memberships[1].result() == kRefused);
    CHECK(memberships[1].sentence() == "member comes twice");
  }
  CHECK(Ask("SELECT display_name FROM members") == "Ada");
  CHECK(Ask("SELECT display_name FROM communities") == "Bread");
}

TEST_CASE_METHOD(Fixture, "what did not come by an import follows none") {
  Run("INSERT INTO members (id, display_name, affiliation, create_time) VALUES "
      "('018f0000-0000-7000-8000-000000000001', 'Native', 1, now());"
      "INSERT INTO communities (id, display_name, kind, visibility, admits, create_time) VALUES "
      "('018f0000-0000-7000-8000-000000000002', 'Native', 1, 1, 1, now())");
  v1::Member member = Member(1, "Overwritten");
  member.set_name("members/018f0000-0000-7000-8000-000000000001");
  v1::Community community = Community(2, "Overwritten");
  community.set_name("communities/018f0000-0000-7000-8000-000000000002");
  CHECK(Results(Import({member, Member(3, "Ada")})) == Expected{kRefused, kCreated});
  CHECK(Results(Import({community, Community(3, "Bread", 0)})) == Expected{kRefused, kCreated});
  CHECK(Ask("SELECT count(*) FROM members WHERE display_name = 'Native'") == "1");
  CHECK(Ask("SELECT count(*) FROM communities WHERE display_name = 'Native'") == "1");
}

TEST_CASE_METHOD(Fixture, "who left does not come back, and roles stay as they are") {
  Import({Member(1, "Ada"), Member(2, "Ben"), Member(3, "Cem")});
  Import({Community(1, "Bread")});
  const std::vector sent = {Membership(1, 1, v1::ROLE_OWNER), Membership(1, 2), Membership(1, 3)};
  CHECK(Results(Import(sent)) == Expected{kCreated, kCreated, kCreated});
  CHECK(Results(Import(sent)) == Expected{kUnchanged, kUnchanged, kUnchanged});
  Run("DELETE FROM memberships WHERE member_id = '018f0000-0000-8000-8000-000000000002';"
      "UPDATE memberships SET role = 2 WHERE member_id = '018f0000-0000-8000-8000-000000000003'");
  const auto outcomes = Import(sent);
  CHECK(Results(outcomes) == Expected{kUnchanged, kGone, kKept});
  CHECK(outcomes[2].content_hash() != outcomes[0].content_hash());
  CHECK(outcomes[1].content_hash().empty());
  CHECK(Ask("SELECT count(*) FROM memberships") == "2");
}

TEST_CASE_METHOD(Fixture, "who is banned, not admitted or not there is refused alone") {
  v1::Member external = Member(2, "Ben");
  external.set_affiliation(v1::AFFILIATION_EXTERNAL);
  Import({Member(1, "Ada"), external, Member(3, "Cem")});
  Import({Community(1, "Bread")});
  Run("INSERT INTO bans (community_id, member_id, creator_id, create_time) "
      "SELECT communities.id, members.id, members.id, now() FROM communities, members "
      "WHERE members.display_name = 'Cem'");
  const auto outcomes = Import(
      {Membership(1, 1), Membership(1, 2), Membership(1, 3), Membership(1, 4), Membership(7, 1)});
  CHECK(Results(outcomes) == Expected{kCreated, kRefused, kRefused, kRefused, kRefused});
  CHECK(outcomes[1].sentence() == "member: is external, and employees alone are admitted");
  CHECK(outcomes[2].sentence() == "member: is banned from the community");
  CHECK(outcomes[3].sentence() == "member: does not exist");
  CHECK(outcomes[4].sentence() == "community: does not exist");
}

TEST_CASE_METHOD(Fixture, "what is only validated is decided and not stored") {
  Import({Member(1, "Ada")});
  const std::string changes = Changes();
  validate_only = true;
  CHECK(Results(Import({Member(1, "Ada B."), Member(2, "Ben")})) == Expected{kUpdated, kCreated});
  // What is named counts as there: nothing was imported before.
  CHECK(Results(Import({Community(1, "Bread"), Community(2, "Rye", 8)})) ==
        Expected{kCreated, kCreated});
  CHECK(Results(Import({Membership(1, 1)})) == Expected{kCreated});
  CHECK(Changes() == changes);
  CHECK(Ask("SELECT count(*) FROM communities") == "0");
  CHECK(Ask("SELECT string_agg(display_name, '') FROM members") == "Ada");
}

TEST_CASE_METHOD(Fixture, "rows of before marks follow while they have their first version") {
  Import({Member(1, "Ada"), Member(2, "Ben")});
  Run("UPDATE members SET imported_mark = NULL;"
      "UPDATE members SET version = 2, headline = 'Baker' WHERE display_name = 'Ben'");
  CHECK(Results(Import({Member(1, "Ada B."), Member(2, "Benjamin")})) == Expected{kUpdated, kKept});
}

}  // namespace
}  // namespace guildhall::directory
