// What a moderator looks up of one member: its role, its ban and its mute.
#include "services/directory/api/bans_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kFieldInvalid;
using policy::reasons::kNotFound;
using policy::reasons::kNotPermitted;

struct Fixture : BansFixture {
  absl::StatusOr<v1::Membership> MembershipOf(CommunityId community, MemberId who) {
    v1::GetMembershipRequest request;
    request.set_name(resources::MembershipName(community, who));
    return Call(Permission::kMembershipList, GetMembership, request, community);
  }
  absl::StatusOr<v1::Ban> BanThere(CommunityId community, MemberId who) {
    v1::GetBanRequest request;
    request.set_name(resources::BanName(community, who));
    return Call(Permission::kCommunityModerate, GetBan, request, community);
  }
  absl::StatusOr<v1::Mute> MuteThere(CommunityId community, MemberId who) {
    v1::GetMuteRequest request;
    request.set_name(resources::MuteName(community, who));
    return Call(Permission::kCommunityModerate, GetMute, request, community);
  }
  absl::Status Mute(CommunityId community, MemberId who) {
    v1::CreateMuteRequest request;
    request.set_parent(resources::Name(community));
    request.mutable_mute()->set_member(resources::Name(who));
    request.mutable_mute()->set_reason("Shouts");
    request.set_request_id(NewRequestId());
    return Call(Permission::kCommunityModerate, CreateMute, request, community).status();
  }
};

TEST_CASE_METHOD(Fixture, "one membership is what the list of them tells") {
  v1::ListMembershipsRequest all;
  const auto listed = Call(Permission::kMembershipList, ListMemberships, all, bakers);
  REQUIRE(listed->memberships_size() == 4);
  for (const v1::Membership& each : listed->memberships()) {
    const auto ref = resources::ParseMembership("name", each.name());
    CHECK(MembershipOf(bakers, ref->member)->SerializeAsString() == each.SerializeAsString());
  }
  CHECK(Is(MembershipOf(bakers, above).status(), kNotFound));
  CHECK(Is(MembershipOf(bakers, MemberId()).status(), kNotFound));
}

TEST_CASE_METHOD(Fixture, "who may not list members looks up none") {
  Run("UPDATE communities SET visibility = 2 WHERE id = '" + bakers.ToString() + "'");
  As(AddMember("Stella"));
  CHECK(Is(MembershipOf(bakers, member).status(), kNotPermitted));
  Run("UPDATE communities SET visibility = 3 WHERE id = '" + bakers.ToString() + "'");
  CHECK(MembershipOf(bakers, member).status() == MembershipOf(CommunityId(), member).status());
}

TEST_CASE_METHOD(Fixture, "one ban is what the list of them tells, to who keeps order alone") {
  CHECK(Is(BanThere(bakers, member).status(), kNotFound));
  REQUIRE(Ban(bakers, member).ok());
  const auto listed = Call(Permission::kCommunityModerate, ListBans, v1::ListBansRequest(), bakers);
  CHECK(BanThere(bakers, member)->SerializeAsString() == listed->bans(0).SerializeAsString());
  // It covers what is below, and is listed where it was made.
  CHECK(Is(BanThere(rye, member).status(), kNotFound));
  As(AddMember("Stella"));
  CHECK(Is(BanThere(bakers, member).status(), kNotPermitted));
  As(member);
  CHECK(Is(BanThere(bakers, member).status(), kNotFound));
}

TEST_CASE_METHOD(Fixture, "one mute is what the list of them tells, to who keeps order alone") {
  CHECK(Is(MuteThere(bakers, member).status(), kNotFound));
  REQUIRE(Mute(bakers, member).ok());
  const auto listed =
      Call(Permission::kCommunityModerate, ListMutes, v1::ListMutesRequest(), bakers);
  CHECK(MuteThere(bakers, member)->SerializeAsString() == listed->mutes(0).SerializeAsString());
  CHECK(MuteThere(bakers, member)->reason() == "Shouts");
  As(member);
  CHECK(Is(MuteThere(bakers, member).status(), kNotPermitted));
}

TEST_CASE_METHOD(Fixture, "what names nothing of the kind is refused") {
  v1::GetMembershipRequest request;
  request.set_name(resources::BanName(bakers, member));
  CHECK(Is(Call(Permission::kMembershipList, GetMembership, request, bakers).status(),
           kFieldInvalid));
}

}  // namespace
}  // namespace guildhall::directory
