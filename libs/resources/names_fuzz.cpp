#include "libs/resources/names.h"

#include <initializer_list>

#include "absl/strings/str_cat.h"
#include "libs/base/check.h"
#include "libs/testing/fuzz/target.h"

namespace guildhall::resources {
namespace {

void CheckStandings(std::string_view name) {
  using Parse = absl::StatusOr<StandingRef> (*)(std::string_view, std::string_view);
  using Print = std::string (*)(CommunityId, MemberId);
  struct Kind {
    Parse parse;
    Print print;
  };
  int kinds = 0;
  for (const auto& [parse, print] :
       std::initializer_list<Kind>{{ParseMembership, MembershipName},
                                   {ParseBan, BanName},
                                   {ParseMute, MuteName},
                                   {ParseJoinRequest, JoinRequestName},
                                   {ParseInvitation, InvitationName}}) {
    const auto found = parse("name", name);
    if (!found.ok()) continue;
    ++kinds;
    GUILDHALL_CHECK(print(found->community, found->member) == name);
  }
  GUILDHALL_CHECK(kinds <= 1);
}

void CheckPost(std::string_view name) {
  const auto post = ParsePost("name", name);
  if (!post.ok()) return;
  GUILDHALL_CHECK(post->post.has_value() != post->number.has_value());
  const std::string printed = post->post
                                  ? PostName(post->topic, *post->post)
                                  : absl::StrCat(Name(post->topic), "/posts/", *post->number);
  GUILDHALL_CHECK(printed == name);
}

}  // namespace
}  // namespace guildhall::resources

// A name has one spelling: what is read is written the same.
void guildhall::testing::TakeInput(std::string_view input) {
  using namespace resources;
  if (const auto id = ParseMember("name", input); id.ok()) GUILDHALL_CHECK(Name(*id) == input);
  if (const auto id = ParseSession("name", input); id.ok()) GUILDHALL_CHECK(Name(*id) == input);
  if (const auto id = ParseCommunity("name", input); id.ok()) GUILDHALL_CHECK(Name(*id) == input);
  if (const auto id = ParseTopic("name", input); id.ok()) GUILDHALL_CHECK(Name(*id) == input);
  CheckStandings(input);
  CheckPost(input);
}
