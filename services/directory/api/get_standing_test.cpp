// What somebody is told of how it stands to a community.
#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kNotFound;
using Words = std::vector<std::string>;

struct Fixture : ApiFixture {
  absl::StatusOr<v1::Standing> Ask(MemberId member, CommunityId community) {
    As(member);
    return Call(Permission::kCommunityRead, GetStanding, v1::GetStandingRequest(), community);
  }
  v1::Standing Of(MemberId member, CommunityId community) {
    const auto standing = Ask(member, community);
    REQUIRE(standing.ok());
    CHECK(standing->community() == resources::Name(community));
    return *standing;
  }
  Words May(MemberId member, CommunityId community) {
    const v1::Standing standing = Of(member, community);
    Words words;
    for (const int permission : standing.permissions()) {
      const std::string& name =
          policy::v1::Permission_Name(static_cast<policy::v1::Permission>(permission));
      words.push_back(name.substr(std::string_view("PERMISSION_").size()));
    }
    return words;
  }
  void Propose(MemberId member, CommunityId community, int kind, int state) {
    const std::string id = "'" + member.ToString() + "'";
    Run("INSERT INTO proposals VALUES ('" + community.ToString() + "', " + id + ", " +
        std::to_string(kind) + ", " + std::to_string(state) + ", " + id +
        ", '', now(), now() + interval '1 day')");
  }
  void Mute(MemberId member, CommunityId community) { Sanction("mutes", member, community); }
  void Ban(MemberId member, CommunityId community) { Sanction("bans", member, community); }
  void Archive() { Run("UPDATE communities SET archived = true"); }

  const CommunityId guild = AddCommunity("Guild", Visibility::kOpen, Admits::kEveryone),
                    open = Below("Open", Visibility::kOpen),
                    closed = Below("Closed", Visibility::kClosed),
                    secret = Below("Secret", Visibility::kSecret);
  const MemberId above = AddMember("Abe"), owner = AddMember("Olga"), moderator = AddMember("Mo"),
                 member = AddMember("Mia"), other = AddMember("Eve"),
                 customer = AddMember("Carla", Affiliation::kExternal);
  Fixture() {
    AddMembership(guild, above, Role::kOwner);
    for (const CommunityId each : {open, closed, secret}) {
      AddMembership(each, owner, Role::kOwner);
      AddMembership(each, moderator, Role::kModerator);
      AddMembership(each, member);
    }
  }

 private:
  CommunityId Below(const char* name, Visibility visibility) {
    return AddCommunity(name, visibility, Admits::kEmployees, guild);
  }
  void Sanction(const std::string& table, MemberId member, CommunityId community) {
    Run("INSERT INTO " + table +
        " (member_id, community_id, creator_id, create_time) "
        "VALUES ('" +
        member.ToString() + "', '" + community.ToString() + "', '" + owner.ToString() +
        "', now())");
  }
};

TEST_CASE_METHOD(Fixture, "whoever stands higher may do more") {
  CHECK(May(other, open) ==
        Words{"COMMUNITY_READ", "COMMUNITY_JOIN", "MEMBERSHIP_LIST", "CONTENT_READ"});
  CHECK(May(other, closed) == Words{"COMMUNITY_READ", "COMMUNITY_JOIN"});
  CHECK(May(member, secret) == Words{"COMMUNITY_READ", "COMMUNITY_JOIN", "MEMBERSHIP_LIST",
                                     "CONTENT_READ", "CONTENT_CREATE", "MEMBERSHIP_EDIT"});
  CHECK(May(moderator, closed) == Words{"COMMUNITY_READ", "COMMUNITY_JOIN", "MEMBERSHIP_LIST",
                                        "CONTENT_READ", "CONTENT_CREATE", "COMMUNITY_MODERATE",
                                        "MEMBERSHIP_EDIT", "MEMBERSHIP_ADMIT", "CONTENT_MODERATE"});
  CHECK(May(owner, open).size() == 12);
  CHECK(May(above, secret) == Words{"COMMUNITY_CREATE", "COMMUNITY_READ", "COMMUNITY_EDIT",
                                    "COMMUNITY_JOIN", "MEMBERSHIP_LIST", "COMMUNITY_MODERATE",
                                    "COMMUNITY_ARCHIVE", "MEMBERSHIP_EDIT", "MEMBERSHIP_ADMIT"});
}

TEST_CASE_METHOD(Fixture, "a standing says the role and what is owned above") {
  CHECK(Of(other, open).role() == v1::ROLE_UNSPECIFIED);
  CHECK(Of(moderator, open).role() == v1::ROLE_MODERATOR);
  CHECK(!Of(owner, open).owns_above());
  CHECK(Of(above, open).owns_above());
  CHECK(!Of(above, guild).owns_above());
}

TEST_CASE_METHOD(Fixture,
                 "who comes in by asking is told so, and who belongs or is let in is not") {
  CHECK(Of(other, closed).joins_by_request());
  CHECK(!Of(other, open).joins_by_request());
  CHECK(!Of(above, closed).joins_by_request());
  CHECK(!Of(member, closed).joins_by_request());
}

TEST_CASE_METHOD(Fixture, "a request and an invitation are told while they wait") {
  CHECK(Of(other, closed).join_request().empty());
  Propose(other, closed, 1, 1);
  Propose(other, open, 2, 1);
  Propose(member, guild, 1, 2);
  CHECK(Of(other, closed).join_request() == resources::JoinRequestName(closed, other));
  CHECK(Of(other, closed).invitation().empty());
  CHECK(Of(other, open).invitation() == resources::InvitationName(open, other));
  CHECK(Of(other, open).join_request().empty());
  CHECK(Of(member, guild).join_request().empty());
}

TEST_CASE_METHOD(Fixture, "what rests is not among what one may do") {
  Mute(member, guild);
  CHECK(Of(member, open).muted());
  CHECK(!Of(owner, open).muted());
  CHECK(May(member, open) ==
        Words{"COMMUNITY_READ", "COMMUNITY_JOIN", "MEMBERSHIP_LIST", "CONTENT_READ"});
  Archive();
  CHECK(Of(owner, open).archived());
  CHECK(May(owner, open) == Words{"COMMUNITY_READ", "MEMBERSHIP_LIST", "CONTENT_READ",
                                  "COMMUNITY_MODERATE", "COMMUNITY_ARCHIVE", "CONTENT_MODERATE"});
  CHECK(!Of(other, closed).joins_by_request());
}

TEST_CASE_METHOD(Fixture, "of what one may not know there is no standing") {
  const auto unknown = Ask(other, CommunityId());
  REQUIRE(Is(unknown.status(), kNotFound));
  CHECK(Ask(other, secret).status() == unknown.status());
  CHECK(Ask(customer, open).status() == unknown.status());
  // An invitation gives no right.
  Propose(other, secret, 2, 1);
  CHECK(Ask(other, secret).status() == unknown.status());
  Ban(other, guild);
  CHECK(Ask(other, open).status() == unknown.status());
}

}  // namespace
}  // namespace guildhall::directory
