#include "services/gateway/api/live_decision.h"

#include "libs/access/decide.h"

namespace guildhall::gateway {
namespace {

bool May(access::Permission permission, MemberId listener, const access::Answer& answer) {
  return access::Decide(permission, {listener, answer.subject}, &answer.community, nullptr) ==
         access::Decision::kAllow;
}

}  // namespace

Told Decide(const ChangeFacts& change, MemberId listener, const access::Answer& answer,
            const access::Answer* parent) {
  using access::Permission;
  const auto may = [&](Permission permission) { return May(permission, listener, answer); };
  const Affiliation affiliation = answer.subject.affiliation;
  const bool outside = answer.community.role == Role::kNone;
  switch (change.subject) {
    case Subject::kContent:
    case Subject::kTopicLeft:
    case Subject::kTopicMoved:
      return {.changed = may(Permission::kContentRead)};
    case Subject::kCommunity:
      if (!may(Permission::kCommunityRead)) return {};
      return {.changed = true,
              .parent = parent != nullptr && May(Permission::kCommunityRead, listener, *parent)};
    case Subject::kMembershipCreated:
      return {.gained = change.member == listener && may(Permission::kCommunityRead),
              .changed = may(Permission::kMembershipList)};
    case Subject::kMembershipUpdated:
      return {.changed = may(Permission::kMembershipList)};
    case Subject::kMembershipDeleted:
      return {.lost = change.member == listener,
              .gained = change.member == listener && may(Permission::kCommunityRead),
              .changed = may(Permission::kMembershipList)};
    case Subject::kNarrowedFromEmployees:
      if (affiliation != Affiliation::kEmployee) return {};
      [[fallthrough]];
    case Subject::kNarrowedFromEveryone:
      // Whoever is banned hears it from the ban, if it ever could see the community.
      if (affiliation == Affiliation::kNone || !outside || answer.community.banned) return {};
      return {.lost = true, .gained = may(Permission::kCommunityRead)};
    case Subject::kWidened:
      return {.gained = outside && may(Permission::kCommunityRead)};
    case Subject::kHiddenFromMember:
      return {.lost = change.member == listener,
              .gained = change.member == listener && may(Permission::kCommunityRead)};
    case Subject::kShownToMember:
      return {.gained = change.member == listener && may(Permission::kCommunityRead)};
    case Subject::kCharter:
      return {.changed = may(Permission::kCommunityRead)};
    case Subject::kJoinRequest:
    case Subject::kMute:
      return {.changed = may(Permission::kCommunityModerate) ||
                         (change.member == listener && may(Permission::kCommunityRead))};
    case Subject::kInvitation:
      // Whoever is banned does not hear of the community, by an invitation either.
      return {.changed = may(Permission::kCommunityModerate) ||
                         (change.member == listener && !answer.community.banned)};
    case Subject::kMember:
      return {.changed = affiliation == Affiliation::kEmployee || change.member == listener};
  }
  return {};
}

}  // namespace guildhall::gateway
