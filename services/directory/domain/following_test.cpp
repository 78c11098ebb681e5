#include "services/directory/domain/following.h"

#include <catch2/catch.hpp>

namespace guildhall::directory {
namespace {

Profile Called(std::string name) { return {.display_name = std::move(name), .skills = {"baking"}}; }

Community Open(std::string name) { return {.profile = {.display_name = std::move(name)}}; }

TEST_CASE("a profile follows its source unless it was edited here") {
  const Profile sent = Called("Ada"), now = Called("Ada Byron"), here = Called("Lady Ada");
  const ImportMark mark = MarkOf(sent);
  CHECK(FollowProfile(sent, sent, mark, 1).result == ImportResult::kUnchanged);
  CHECK_FALSE(FollowProfile(sent, sent, mark, 1).mark);
  CHECK(FollowProfile(now, sent, mark, 1).result == ImportResult::kUpdated);
  CHECK(FollowProfile(now, sent, mark, 1).mark == MarkOf(now));
  CHECK(FollowProfile(now, here, mark, 2).result == ImportResult::kKept);
  CHECK_FALSE(FollowProfile(now, here, mark, 2).mark);
  CHECK(FollowProfile(now, now, mark, 2).mark == MarkOf(now));
  CHECK_FALSE(FollowProfile(now, now, {}, 2).mark);
}

TEST_CASE("each field of a profile counts") {
  const Profile plain = Called("Ada");
  std::vector<Profile> others(9, plain);
  others[0].headline = others[1].location = others[2].time_zone = others[3].pronouns = "x";
  others[4].interests = others[5].projects = others[6].languages = {"x"};
  others[7].skills = {};
  others[8].working_hours = {{0, 60}};
  for (const Profile& other : others) CHECK(ContentOf(other) != ContentOf(plain));
}

TEST_CASE("a community takes over what it is called, and no other reach") {
  const Community standing = Open("Bakers");
  Community sent = Open("Bread");
  sent.profile.visibility = Visibility::kSecret;
  CHECK(FollowCommunity(sent, standing, MarkOf(standing)).result == ImportResult::kUpdated);
  Community after = standing;
  TakeOver(sent, after);
  CHECK(after.profile.display_name == "Bread");
  CHECK(after.profile.visibility == Visibility::kOpen);
  CHECK(after.version == 2);
  CHECK(ContentOf(after) == ContentOf(sent));
  CHECK(FollowCommunity(sent, after, MarkOf(sent)).result == ImportResult::kUnchanged);
}

TEST_CASE("a membership is created where nothing is against it") {
  const auto result = [](const StandingToImport& standing) {
    return DecideMembership(standing, Role::kMember).result;
  };
  CHECK(result({}) == ImportResult::kCreated);
  CHECK(result({.role = Role::kMember}) == ImportResult::kUnchanged);
  CHECK(result({.role = Role::kOwner}) == ImportResult::kKept);
  CHECK(result({.ended = true}) == ImportResult::kGone);
  // Who left and came back belongs to it.
  CHECK(result({.ended = true, .role = Role::kMember}) == ImportResult::kUnchanged);
  CHECK(result({.member_exists = false}) == ImportResult::kRefused);
  CHECK(result({.community_exists = false}) == ImportResult::kRefused);
  CHECK(result({.banned = true}) == ImportResult::kRefused);
  CHECK(result({.not_admitted = true}) == ImportResult::kRefused);
}

}  // namespace
}  // namespace guildhall::directory
