// Who is silenced where, by whom and how long, and what it is told.
#include <set>

#include "services/directory/api/bans_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kFieldInvalid;
using policy::reasons::kMemberMuted;
using policy::reasons::kNotFound;
using policy::reasons::kNotPermitted;

struct Fixture : BansFixture {
  v1::CreateMuteRequest MuteOf(CommunityId community, MemberId muted,
                               const std::string& request_id = NewRequestId()) {
    v1::CreateMuteRequest request;
    request.set_parent(resources::Name(community));
    request.mutable_mute()->set_member(resources::Name(muted));
    request.mutable_mute()->set_reason("Shouted at the new ones.");
    request.set_request_id(request_id);
    return request;
  }
  absl::StatusOr<v1::Mute> Send(const v1::CreateMuteRequest& request) {
    return Call(Permission::kCommunityModerate, CreateMute, request,
                *resources::ParseCommunity("parent", request.parent()));
  }
  absl::Status Mute(CommunityId community, MemberId muted) {
    return Send(MuteOf(community, muted)).status();
  }
  absl::Status Unmute(CommunityId community, MemberId muted) {
    v1::DeleteMuteRequest request;
    request.set_name(resources::MuteName(community, muted));
    request.set_request_id(NewRequestId());
    return Call(Permission::kCommunityModerate, DeleteMute, request, community).status();
  }
  std::vector<v1::Mute> Own() {
    const auto mine = Call(Permission::kOwn, ListMyMutes, v1::ListMyMutesRequest());
    REQUIRE(mine.ok());
    return {mine->mutes().begin(), mine->mutes().end()};
  }
  // By pages of two.
  std::vector<std::string> MutedIn(CommunityId community) {
    v1::ListMutesRequest request;
    request.set_parent(resources::Name(community));
    request.set_page_size(2);
    std::vector<std::string> muted;
    do {
      const auto page = Call(Permission::kCommunityModerate, ListMutes, request, community);
      REQUIRE(page.ok());
      for (const v1::Mute& mute : page->mutes()) muted.push_back(mute.member());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return muted;
  }
  // What a caller hears who writes there.
  absl::Status Edit(CommunityId community) {
    v1::UpdateCommunityRequest request;
    request.mutable_community()->set_name(resources::Name(community));
    request.mutable_community()->set_description("We bake.");
    request.mutable_update_mask()->add_paths("description");
    request.set_request_id(NewRequestId());
    return Call(Permission::kCommunityEdit, UpdateCommunity, request, community).status();
  }
};

TEST_CASE_METHOD(Fixture, "a mute is told to the muted with its reason, and not who made it") {
  const auto made = Send(MuteOf(bakers, member));
  REQUIRE(made.ok());
  CHECK(held());
  CHECK(made->name() == resources::MuteName(bakers, member));
  CHECK(made->creator() == resources::Name(owner));
  CHECK(ToldOf(member) == "38 Bakers");
  CHECK(Noted() == "2 " + member.ToString());
  As(member);
  REQUIRE(Own().size() == 1);
  CHECK(Own()[0].reason() == "Shouted at the new ones.");
  CHECK(Own()[0].creator().empty());
  CHECK(Own()[0].name() == made->name());
}

TEST_CASE_METHOD(Fixture,
                 "whoever is muted keeps what it is and sees, and says nothing, below too") {
  Run("UPDATE communities SET visibility = 2");
  As(above);
  REQUIRE(Mute(bakers, second).ok());
  As(second);
  CHECK(RolesOf(second) == "- 3 -");
  CHECK(Get(bakers).ok());
  CHECK(Get(rye).ok());
  CHECK(Is(Edit(bakers), kMemberMuted));
  CHECK(Is(Edit(rye), kMemberMuted));
  CHECK(Is(Ban(bakers, member), kMemberMuted));
  CHECK(Is(Mute(bakers, member), kMemberMuted));
  As(above);
  REQUIRE(Unmute(bakers, second).ok());
  As(second);
  CHECK(Edit(bakers).ok());
  CHECK(ToldOf(second) == "38 Bakers, 39 Bakers");
}

TEST_CASE_METHOD(Fixture, "who asks for facts hears that a mute holds below, too") {
  REQUIRE(Mute(bakers, member).ok());
  const FactsQuestion questions[] = {
      {member, guild}, {member, bakers}, {member, rye}, {owner, rye}};
  const auto facts = GetFacts(**this, context(), questions);
  REQUIRE(facts.ok());
  std::vector<bool> muted;
  for (const feeds::StandingFact& fact : *facts) muted.push_back(fact.community.muted);
  CHECK(muted == std::vector<bool>{false, true, true, false});
}

TEST_CASE_METHOD(Fixture, "a mute outlasts leaving and coming back, and a ban") {
  REQUIRE(Mute(bakers, member).ok());
  REQUIRE(Ban(bakers, member).ok());
  As(member);
  CHECK(Own().empty());
  As(owner);
  REQUIRE(Lift(bakers, member).ok());
  As(member);
  REQUIRE(Join(bakers).ok());
  CHECK(Own().size() == 1);
}

TEST_CASE_METHOD(Fixture, "who keeps order mutes whoever ranks below, and nobody else does") {
  As(moderator);
  CHECK(Mute(bakers, member).ok());
  CHECK(Mute(bakers, other).ok());
  CHECK(Is(Mute(bakers, second), kNotPermitted));
  CHECK(Is(Mute(bakers, moderator), kNotPermitted));
  As(other);
  CHECK(Is(Mute(bakers, owner), kNotPermitted));
  As(owner);
  CHECK(Mute(bakers, moderator).ok());
  CHECK(Is(Mute(bakers, second), kNotPermitted));
  As(above);
  CHECK(Is(Mute(bakers, owner), reasons::kLastOwner));  // of Rye
}

TEST_CASE_METHOD(Fixture, "a member is muted once at a time, and once for a request id") {
  const std::string id = NewRequestId();
  const auto first = Send(MuteOf(bakers, member, id)), repeated = Send(MuteOf(bakers, member, id));
  REQUIRE(repeated.ok());
  CHECK(repeated->SerializeAsString() == first->SerializeAsString());
  CHECK(Is(Mute(bakers, member), reasons::kAlreadyMuted));
  CHECK(Mute(rye, member).ok());
  REQUIRE(Unmute(bakers, member).ok());
  CHECK(Is(Unmute(bakers, member), kNotFound));
  CHECK(Is(Mute(bakers, MemberId(NewUuidV7(SystemClock().Now(), SystemRandom()))), kNotFound));
}

TEST_CASE_METHOD(Fixture, "a mute ends in the future, and says so by its own field") {
  auto request = MuteOf(bakers, member);
  request.mutable_mute()->mutable_expire_time()->set_seconds(1'600'000'000);
  const absl::Status past = Send(request).status();
  CHECK(Is(past, kFieldInvalid));
  CHECK(past == WrongField("mute.expire_time", "lies in the future"));
}

TEST_CASE_METHOD(Fixture, "mutes are listed for who keeps order, newest first, page by page") {
  for (const MemberId muted : {member, moderator, other}) REQUIRE(Mute(bakers, muted).ok());
  REQUIRE(Mute(rye, member).ok());
  CHECK(MutedIn(bakers) == std::vector<std::string>{resources::Name(other),
                                                    resources::Name(moderator),
                                                    resources::Name(member)});
  As(member);
  v1::ListMutesRequest request;
  request.set_parent(resources::Name(bakers));
  CHECK(
      Is(Call(Permission::kCommunityModerate, ListMutes, request, bakers).status(), kNotPermitted));
}

TEST_CASE_METHOD(Fixture, "mutes that were made at the same time are listed once each") {
  for (const MemberId muted : {member, moderator, other}) REQUIRE(Mute(bakers, muted).ok());
  Run("UPDATE mutes SET create_time = '2040-01-01'");
  const std::vector<std::string> muted = MutedIn(bakers);
  CHECK(std::multiset<std::string>(muted.begin(), muted.end()) ==
        std::multiset<std::string>{resources::Name(member), resources::Name(moderator),
                                   resources::Name(other)});
}

TEST_CASE_METHOD(Fixture, "of a mute above that the muted may not know it is not told") {
  Run("UPDATE communities SET visibility = 3");
  As(above);
  REQUIRE(Mute(guild, member).ok());
  As(member);
  CHECK(Own().empty());
  CHECK(Get(bakers).ok());
  AddMembership(guild, member);
  CHECK(Own().size() == 1);
}

TEST_CASE_METHOD(Fixture, "one's own mutes come page by page") {
  for (const CommunityId community : {guild, bakers, rye}) {
    As(community == guild ? above : owner);
    REQUIRE(Mute(community, member).ok());
  }
  As(member);
  v1::ListMyMutesRequest request;
  request.set_page_size(1);
  std::vector<std::string> names;
  do {
    const auto page = Call(Permission::kOwn, ListMyMutes, request);
    REQUIRE(page.ok());
    for (const v1::Mute& mute : page->mutes()) names.push_back(mute.name());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  CHECK(names == std::vector<std::string>{resources::MuteName(rye, member),
                                          resources::MuteName(bakers, member),
                                          resources::MuteName(guild, member)});
}

TEST_CASE_METHOD(Fixture, "an external moderator mutes whoever is read where everybody reads") {
  Run("UPDATE communities SET admits = 2, visibility = 2");
  const MemberId customer = AddMember("Carla", Affiliation::kExternal), helper = AddMember("Hugo");
  AddMembership(bakers, customer, Role::kModerator);
  As(customer);
  CHECK(Is(Mute(bakers, helper), kNotFound));
  AddMembership(AddCommunity("Forum", Visibility::kOpen, Admits::kEveryone), helper);
  CHECK(Mute(bakers, helper).ok());
}

}  // namespace
}  // namespace guildhall::directory
