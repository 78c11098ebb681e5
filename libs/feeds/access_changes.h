#pragma once

#include <span>

#include "libs/base/ids.h"
#include "libs/postgres/work.h"

namespace guildhall::feeds {

// What has to be asked anew; numbers of guildhall.access.v1.AccessChangeKind.
struct AccessChange {
  enum class Kind { kEverything = 1, kMember, kCommunity, kMembership, kSession };

  static AccessChange Everything() { return {}; }
  static AccessChange Of(MemberId member) { return {Kind::kMember, member.uuid(), {}}; }
  static AccessChange Of(CommunityId community) { return {Kind::kCommunity, community.uuid(), {}}; }
  static AccessChange Of(MemberId member, CommunityId community) {
    return {Kind::kMembership, member.uuid(), community.uuid()};
  }
  static AccessChange Of(SessionId session) { return {Kind::kSession, session.uuid(), {}}; }

  Kind kind = Kind::kEverything;
  Uuid subject;
  Uuid object;
};

// Notes in the transaction of the effect that facts change. Every change of a fact that was ever
// told needs it, gains as well as losses. The call then answers by AccessOwner::SettleBefore.
//
// Call it last: it travels with COMMIT and holds the one row that all changes of facts pass.
void NoteAccessChanges(postgres::Work& work, std::span<const AccessChange> changes);
void NoteAccessChange(postgres::Work& work, const AccessChange& change);

}  // namespace guildhall::feeds
