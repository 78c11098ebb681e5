#pragma once

#include <cstdint>
#include <optional>

#include "libs/base/ids.h"

namespace guildhall::gateway {

// What a change is to those who may hear of it.
enum class Subject : std::uint8_t {
  kContent,                // a topic or post: who reads in its community
  kTopicLeft,              // who reads where it stood
  kTopicMoved,             // who reads where it stands, and loads its posts; also when some moved,
                           // or the topic is back
  kCommunity,              // who sees the community
  kMembershipCreated,      // the member gains the community; who sees its members hears of it
  kMembershipUpdated,      // who sees the members hears of it
  kMembershipDeleted,      // the member loses it, likewise
  kNarrowedFromEmployees,  // employees without a membership lose (a part of) the community
  kNarrowedFromEveryone,   // everybody without a membership does
  kWidened,                // whoever sees it without a membership gains (more of) it
  kHiddenFromMember,       // the member loses (a part of) the community, and nobody hears of it
  kShownToMember,          // the member gains what it may see of the community
  kCharter,                // who sees the community
  kJoinRequest,            // who keeps order there, and the member
  kInvitation,             // likewise, whether or not the member sees the community
  kMute,                   // who keeps order there, and the member
  kMember,                 // employees, and the member
};

// What decides who hears of a change.
struct ChangeFacts {
  Subject subject = Subject::kMember;
  CommunityId community;  // nil for members
  // The community above, which stands in the frame of a community.
  std::optional<CommunityId> parent;
  MemberId
      member;  // of a membership, a ban, a mute, a request or an invitation, or the member itself
};

// What somebody is told of a change, in this order.
struct Told {
  bool lost = false;     // AccessLost
  bool gained = false;   // AccessGained
  bool changed = false;  // Changed
  bool parent = false;   // … with the community's parent in it

  bool Nothing() const { return !lost && !gained && !changed; }
  // A small number for each combination.
  unsigned Index() const { return lost | gained << 1 | changed << 2 | parent << 3; }
  bool operator==(const Told&) const = default;
};

}  // namespace guildhall::gateway
