#pragma once

#include "absl/status/statusor.h"
#include "libs/postgres/work.h"
#include "libs/rpc/call.h"
#include "services/directory/api/directory.h"
#include "services/directory/domain/community.h"
#include "services/directory/domain/proposal.h"
#include "services/directory/store/member_store.h"

namespace guildhall::directory {

// What the writes of directory share.

// What a write may have changed: its end makes the replies void that hold it, before the write is
// answered and whatever came of it; also of a repeat, whose effect another process may have had.
class Touch {
 public:
  Touch(Directory& directory, cache::Tags tags) : directory_(directory), tags_(std::move(tags)) {}
  ~Touch() { directory_.replies.Invalidate(tags_); }
  Touch(const Touch&) = delete;
  Touch& operator=(const Touch&) = delete;

 private:
  Directory& directory_;
  const cache::Tags tags_;
};

// Locks a community and decides once more, from the facts that the lock holds still: what was
// permitted when the call came in may not be any more.
// Fails with: NOT_FOUND, NOT_PERMITTED, COMMUNITY_ARCHIVED, MEMBER_MUTED, BUSY.
absl::StatusOr<LockedCommunity> LockPermitted(postgres::Work& work, const rpc::Call& call,
                                              CommunityId id);

// Locks the parent of the community that the call is about; nothing where there is none. Before the
// community: parents are locked before children. Fails with: BUSY.
absl::StatusOr<std::optional<LockedCommunity>> LockParent(postgres::Work& work,
                                                          const rpc::Call& call);

// How far the caller stands above others in a locked community.
Rank RankIn(const LockedCommunity& locked, const rpc::Call& call);

// Holds the member and makes sure that it may belong to one community more. Before any community is
// locked. Fails with: TOO_MANY_COMMUNITIES.
absl::Status CheckRoomForAnother(postgres::Work& work, MemberId member);

// The first half of that, where other refusals come before CheckRoom: holds the member and says how
// it stands. Fails with: BUSY.
absl::StatusOr<StandingToTakeIn> HoldForAnother(postgres::Work& work, MemberId member);

// Appends a change of a community itself; `kind` of guildhall.change.v1.Kind.
void AppendChange(postgres::Work& work, int kind, const Community& community);

// Appends that a member's profile was edited.
void AppendUpdate(postgres::Work& work, const Member& member);

// Appends a change of a membership, ordered by its community.
void AppendChange(postgres::Work& work, int kind, CommunityId community, MemberId member);

// The next three write a membership of a held member in a locked community, with its change, and
// note what is decided otherwise from now on. An owner has rights in the communities below, so of
// one that is made or ends they tell, too, of which of these it sees more or less: two round trips
// more, and reads of those below. Last in the transaction.

// Begins it, as a plain one.
void BeginMembership(postgres::Work& work, CommunityId community, const Membership& membership);

// Ends it; `role` is the role that the member had.
absl::Status EndMembership(postgres::Work& work, CommunityId community, MemberId member, Role role);

// Gives it another role.
absl::Status ChangeRole(postgres::Work& work, CommunityId community, Membership& membership,
                        Role role);

}  // namespace guildhall::directory
