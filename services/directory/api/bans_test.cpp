// Who may ban whom, and what becomes of it.
#include <catch2/catch.hpp>

#include "services/directory/api/bans_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kFieldInvalid;
using policy::reasons::kNotFound;
using policy::reasons::kNotPermitted;

TEST_CASE_METHOD(BansFixture, "a ban ends every membership that it covers, and tells of it") {
  AddMembership(guild, member);
  AddMembership(rye, member);
  REQUIRE(CountsOfMembers() == "2 4 2");
  const auto ban = Send(BanOf(bakers, member));
  REQUIRE(ban.ok());
  CHECK(held());
  CHECK(ban->name() == resources::BanName(bakers, member));
  CHECK(ban->creator() == resources::Name(owner));
  CHECK(RolesOf(member) == "1 - -");
  CHECK(CountsOfMembers() == "2 3 1");
  CHECK(ToldOf(member) == "6 Bakers, 6 Rye");
  CHECK(Noted() == "2 " + member.ToString());
}

TEST_CASE_METHOD(BansFixture, "for the banned the community and all below do not exist") {
  REQUIRE(Ban(bakers, other).ok());
  // It belonged to none and saw them as an employee does.
  CHECK(ToldOf(other) == "20 Bakers, 20 Rye");
  As(other);
  const absl::Status absent = Get(CommunityId(NewUuidV7(SystemClock().Now(), SystemRandom())));
  for (const CommunityId hidden : {bakers, rye}) {
    CHECK(Get(hidden) == absent);
    CHECK(Join(hidden) == absent);
    CHECK(Lift(hidden, other) == absent);
    CHECK(Ban(hidden, member) == absent);
  }
  CHECK(Get(guild).ok());
  CHECK(Join(guild).ok());
}

TEST_CASE_METHOD(BansFixture, "what a banned member could not see is not told to it") {
  Run("UPDATE communities SET visibility = 3 WHERE display_name = 'Rye'");
  REQUIRE(Ban(bakers, other).ok());
  CHECK(ToldOf(other) == "20 Bakers");
  REQUIRE(Lift(bakers, other).ok());
  CHECK(ToldOf(other) == "20 Bakers, 21 Bakers");
}

// The narrowing may not have been told yet, and is not told to whoever is banned.
TEST_CASE_METHOD(BansFixture,
                 "what a banned member saw before it was narrowed is told to be gone") {
  v1::UpdateCommunityRequest request;
  request.mutable_community()->set_name(resources::Name(rye));
  request.mutable_community()->set_visibility(v1::VISIBILITY_SECRET);
  request.mutable_update_mask()->add_paths("visibility");
  request.set_request_id(NewRequestId());
  REQUIRE(Call(Permission::kCommunityEdit, UpdateCommunity, request, rye).ok());
  const MemberId newcomer = AddMember("Nils");
  REQUIRE(Ban(bakers, other).ok());
  REQUIRE(Ban(bakers, newcomer).ok());
  CHECK(ToldOf(other) == "20 Bakers, 20 Rye");
  CHECK(ToldOf(newcomer) == "20 Bakers");
  REQUIRE(Lift(bakers, other).ok());
  CHECK(ToldOf(other) == "20 Bakers, 20 Rye, 21 Bakers");
}

TEST_CASE_METHOD(BansFixture, "a ban is made once for a request id and once for a member") {
  const auto request = BanOf(bakers, member);
  const auto first = Send(request), repeat = Send(request);
  REQUIRE(repeat.ok());
  CHECK(held());
  CHECK(repeat->SerializeAsString() == first->SerializeAsString());
  CHECK(Is(Ban(bakers, member), reasons::kAlreadyBanned));
  CHECK(Noted() == "2 " + member.ToString());
  // From another community it is another ban.
  As(above);
  CHECK(Ban(guild, member).ok());
}

TEST_CASE_METHOD(BansFixture, "a ban's repeat is answered after its end as before") {
  auto request = BanOf(bakers, member);
  const absl::Time end = SystemClock().Now() + absl::Minutes(5);
  request.mutable_ban()->mutable_expire_time()->set_seconds(absl::ToUnixSeconds(end));
  const auto first = Send(request);
  REQUIRE(first.ok());
  Later(absl::Minutes(6));
  const auto repeat = Send(request);
  REQUIRE(repeat.ok());
  CHECK(repeat->SerializeAsString() == first->SerializeAsString());
  request.set_request_id(NewRequestId());
  CHECK(Is(Send(request).status(), kFieldInvalid));
}

TEST_CASE_METHOD(BansFixture, "nobody bans whoever ranks as high or higher") {
  for (const MemberId banned : {owner, second, above})
    CHECK(Is(Ban(bakers, banned), kNotPermitted));
  CHECK(Ban(bakers, moderator).ok());
  As(above);
  CHECK(Ban(bakers, second).ok());
  CHECK(Is(Ban(bakers, above), kNotPermitted));
}

TEST_CASE_METHOD(BansFixture, "a moderator bans plain members and strangers") {
  As(moderator);
  CHECK(Is(Ban(bakers, second), kNotPermitted));
  CHECK(Is(Ban(bakers, moderator), kNotPermitted));
  CHECK(Ban(bakers, member).ok());
  CHECK(Ban(bakers, other).ok());
  // The moderator has no say below.
  AddMembership(rye, above, Role::kModerator);
  Run("DELETE FROM memberships WHERE role = 3 AND member_id = '" + above.ToString() + "'");
  CHECK(Is(Ban(bakers, above), kNotPermitted));
}

TEST_CASE_METHOD(BansFixture, "who keeps no order bans nobody, lifts nothing, and reads no list") {
  REQUIRE(Ban(bakers, other).ok());
  As(member);
  CHECK(Is(Ban(bakers, second), kNotPermitted));
  CHECK(Is(Lift(bakers, other), kNotPermitted));
  v1::ListBansRequest list;
  CHECK(Is(Call(Permission::kCommunityModerate, ListBans, list, bakers).status(), kNotPermitted));
}

TEST_CASE_METHOD(BansFixture, "the last owner of what a ban covers is not banned") {
  As(above);
  CHECK(Is(Ban(bakers, owner), reasons::kLastOwner));  // of Rye
  AddMembership(rye, second, Role::kOwner);
  CHECK(Ban(bakers, owner).ok());
  CHECK(Is(Ban(bakers, second), reasons::kLastOwner));
  CHECK(RolesOf(owner) == "- - -");
  CHECK(RolesOf(second) == "- 3 3");
}

TEST_CASE_METHOD(BansFixture, "whom one does not know one does not ban") {
  CHECK(Is(Ban(bakers, MemberId(NewUuidV7(SystemClock().Now(), SystemRandom()))), kNotFound));
  v1::CreateBanRequest request = BanOf(bakers, member);
  request.mutable_ban()->set_member("nobody");
  CHECK(Is(Send(request).status(), kFieldInvalid));
  request = BanOf(bakers, member);
  request.mutable_ban()->mutable_expire_time()->set_seconds(1);
  CHECK(Is(Send(request).status(), kFieldInvalid));

  // An external moderator knows those with whom it shares a community.
  Run("UPDATE communities SET admits = 2");
  const MemberId customer = AddMember("Carla", Affiliation::kExternal);
  Run("UPDATE communities SET visibility = 2");
  AddMembership(bakers, customer, Role::kModerator);
  As(customer);
  CHECK(Is(Ban(bakers, other), kNotFound));
  const auto known = BanOf(bakers, member);
  CHECK(Send(known).ok());
  CHECK(Send(known).ok());
}

TEST_CASE_METHOD(BansFixture, "a lifted ban gives back the sight and nothing else") {
  REQUIRE(Ban(bakers, member).ok());
  const std::string id = NewRequestId();
  REQUIRE(Lift(bakers, member, id).ok());
  CHECK(held());
  CHECK(RolesOf(member) == "- - -");
  CHECK(ToldOf(member) == "6 Bakers, 20 Rye, 21 Bakers, 21 Rye");
  CHECK(Noted() == "2 " + member.ToString() + ", 2 " + member.ToString());
  REQUIRE(Lift(bakers, member, id).ok());
  CHECK(held());
  CHECK(Is(Lift(bakers, member), kNotFound));
  As(member);
  CHECK(Get(rye).ok());
  CHECK(Join(bakers).ok());
}

TEST_CASE_METHOD(BansFixture, "a ban from above stays in force when another one is lifted") {
  REQUIRE(Ban(bakers, member).ok());
  As(above);
  REQUIRE(Ban(guild, member).ok());
  // What was hidden already is not told again.
  CHECK(ToldOf(member) == "6 Bakers, 20 Rye, 20 Guild");
  REQUIRE(Lift(bakers, member).ok());
  CHECK(ToldOf(member) == "6 Bakers, 20 Rye, 20 Guild");
  As(member);
  CHECK(Is(Get(bakers), kNotFound));
}

TEST_CASE_METHOD(BansFixture, "a list of bans goes from the newest to the oldest, page by page") {
  for (const MemberId banned : {member, moderator, other}) REQUIRE(Ban(bakers, banned).ok());
  REQUIRE(Ban(rye, member).ok());
  v1::ListBansRequest request;
  request.set_parent(resources::Name(bakers));
  request.set_page_size(2);
  std::vector<std::string> found;
  do {
    const auto page = Call(Permission::kCommunityModerate, ListBans, request, bakers);
    REQUIRE(page.ok());
    CHECK(page->bans_size() <= 2);
    for (const v1::Ban& ban : page->bans()) found.push_back(ban.member());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  CHECK(found == std::vector<std::string>{resources::Name(other), resources::Name(moderator),
                                          resources::Name(member)});
}

struct Importing : BansFixture {
  // How many memberships of `member` an import brings.
  int Import(std::initializer_list<CommunityId> communities) {
    v1::ImportMembershipsRequest request;
    for (const CommunityId community : communities) {
      v1::ImportedMembership& imported = *request.add_memberships();
      imported.set_community(resources::Name(community));
      imported.set_member(resources::Name(member));
      imported.set_role(v1::ROLE_OWNER);
      imported.mutable_create_time()->set_seconds(1600000000);
    }
    return Call(Permission::kBrowse, ImportMemberships, request)->created_count();
  }
};

TEST_CASE_METHOD(Importing, "an import brings nobody back who is banned") {
  REQUIRE(Ban(bakers, member).ok());
  CHECK(Import({guild, rye}) == 1);
  CHECK(RolesOf(member) == "3 - -");
  // And owning the community above gives no sight of what one is banned from.
  As(member);
  CHECK(Is(Get(rye), kNotFound));
}

TEST_CASE_METHOD(Importing, "an import brings no external in where employees alone are admitted") {
  Run("UPDATE members SET affiliation = 2 WHERE id = '" + member.ToString() + "'");
  Run("UPDATE communities SET admits = CASE id WHEN '" + guild.ToString() + "' THEN 2 ELSE 1 END");
  CHECK(Import({guild, rye}) == 1);
  CHECK(RolesOf(member) == "3 1 -");
}

TEST_CASE_METHOD(BansFixture, "a ban and a joining at once leave nobody both") {
  for (int round = 0; round < 10; ++round) {
    const MemberId joiner = AddMember("Jo");
    As(owner);
    const auto ban =
        LetIn(Permission::kCommunityModerate, CreateBan, BanOf(bakers, joiner), bakers);
    As(joiner);
    const CommunityId joined = round % 2 == 0 ? bakers : rye;
    const auto join = LetIn(Permission::kCommunityJoin, JoinCommunity, Joining(joined), joined);
    const auto [banned, came] = AtOnce(ban, join);
    CHECK(banned.ok());
    // It came first, or was too late.
    CHECK((came.ok() || Is(came, kNotFound)));
    CHECK(RolesOf(joiner) == "- - -");
  }
  CHECK(CountsOfMembers() == "1 4 1");
}

// Each alone would leave to the other what the two together show or hide.
TEST_CASE_METHOD(BansFixture, "of two bans that are lifted at once the sight is told") {
  As(above);
  for (int round = 0; round < 10; ++round) {
    const MemberId banned = AddMember("Bea");
    REQUIRE(Ban(guild, banned).ok());
    REQUIRE(Ban(bakers, banned).ok());
    const auto [one, other_one] = AtOnce(Lifting(guild, banned), Lifting(bakers, banned));
    CHECK(one.ok());
    CHECK(other_one.ok());
    CHECK(TimesTold(21, bakers, banned) == "1");
    CHECK(TimesTold(21, rye, banned) == "1");
  }
}

TEST_CASE_METHOD(BansFixture, "a ban beside the lifting of another one hides what that showed") {
  As(above);
  for (int round = 0; round < 10; ++round) {
    const MemberId banned = AddMember("Bea");
    REQUIRE(Ban(bakers, banned).ok());
    const auto ban = LetIn(Permission::kCommunityModerate, CreateBan, BanOf(guild, banned), guild);
    const auto [lifted, hidden] = AtOnce(Lifting(bakers, banned), ban);
    CHECK(lifted.ok());
    CHECK(hidden.ok());
    // Shown and hidden again, or neither.
    const std::string shown = TimesTold(21, rye, banned);
    CHECK(TimesTold(20, rye, banned) == (shown == "0" ? "1" : "2"));
  }
}

TEST_CASE_METHOD(BansFixture, "of two who ban each other at once nobody wins by being late") {
  // Owners rank alike: neither may.
  const auto ban = [&](MemberId caller, MemberId banned) {
    As(caller);
    return LetIn(Permission::kCommunityModerate, CreateBan, BanOf(bakers, banned), bakers);
  };
  const auto [one, other_one] = AtOnce(ban(owner, second), ban(second, owner));
  CHECK(Is(one, kNotPermitted));
  CHECK(Is(other_one, kNotPermitted));
  // An owner and a moderator: the owner may, before or after.
  const auto [higher, lower] = AtOnce(ban(owner, moderator), ban(moderator, owner));
  CHECK(higher.ok());
  CHECK((Is(lower, kNotPermitted) || Is(lower, kNotFound)));
  CHECK(RolesOf(owner) == "- 3 3");
  CHECK(RolesOf(moderator) == "- - -");
}

TEST_CASE_METHOD(BansFixture, "who is banned while it bans is too late") {
  As(moderator);
  const auto late = LetIn(Permission::kCommunityModerate, CreateBan, BanOf(bakers, member), bakers);
  As(owner);
  REQUIRE(Ban(bakers, moderator).ok());
  CHECK(Is(late(), kNotFound));
  CHECK(RolesOf(member) == "- 1 -");
}

}  // namespace
}  // namespace guildhall::directory
