#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/work.h"
#include "services/directory/domain/appointment.h"
#include "services/directory/domain/community.h"
#include "services/directory/domain/proposal.h"
#include "services/directory/store/community_store.h"

namespace guildhall::directory {

// What changes communities, each function a part of a transaction. Whoever writes first locks the
// community, so that counts, owners and the width of the tree hold still while the domain decides.
// When several are locked: parents before children.

// A community as its lock finds it, with what is true of `member` there and of its affiliation.
struct Locked {
  LockedCommunity community;
  Affiliation affiliation = Affiliation::kNone;
};

// Locks a community until the end of the transaction; nothing when there is none. One round trip;
// waits at most a second for another writer, then fails with BUSY.
absl::StatusOr<std::optional<Locked>> LockCommunity(postgres::Work& work, CommunityId id,
                                                    MemberId member);

// Founds `community` with `owner` as its first member, below `ancestors`.
// Fails with DISPLAY_NAME_TAKEN when the transaction reaches the statement.
absl::Status InsertCommunity(postgres::Work& work, const Community& community,
                             const std::vector<CommunityId>& ancestors, MemberId owner);

// Stores the profile, kind and version of `community`; `lost` is who sees less of it by that.
// Fails with DISPLAY_NAME_TAKEN.
absl::Status UpdateCommunity(postgres::Work& work, const Community& community,
                             ReachChange::Lost lost);

// A community that was archived or restored, with its new version.
struct MarkedCommunity {
  CommunityId id;
  std::int64_t version = 0;
};
// Gives a locked community its mark, or takes it away, below a parent that is `parent_archived`,
// and answers which communities changed, parents first: it and, unless they rest by marks of their
// own, those below. Locks these. Two round trips; one row for each below. Fails with BUSY.
absl::StatusOr<std::vector<MarkedCommunity>> MarkArchived(postgres::Work& work, CommunityId id,
                                                          std::optional<absl::Time> mark,
                                                          bool parent_archived);

// The community above one; set once, so no lock is needed.
absl::StatusOr<std::optional<CommunityId>> ReadParent(postgres::Work& work, CommunityId id);

// How wide the communities right below a locked one are; nothing when there are none.
absl::StatusOr<std::optional<WidestChild>> ReadWidestChild(postgres::Work& work, CommunityId id);

// Whether an external belongs to a locked community. Looks at all its members where none does,
// under the lock: an estimated 0.3 s for 100,000.
absl::StatusOr<bool> HasExternals(postgres::Work& work, CommunityId id);

// How a member stands to being taken in; the member is held, so that it holds still.
absl::StatusOr<StandingToTakeIn> GetStandingToTakeIn(postgres::Work& work, MemberId member);

// How many beside a member own a locked community and are not suspended, counted to 1.
absl::StatusOr<int> CountOtherOwners(postgres::Work& work, CommunityId id, MemberId member);

// Whether a held member is suspended, and who else owns a locked community and is not; the rest of
// the standing is not filled in.
absl::StatusOr<StandingToAppoint> GetStandingToAppoint(postgres::Work& work, CommunityId id,
                                                       MemberId member);

absl::StatusOr<std::optional<Membership>> GetMembership(postgres::Work& work, CommunityId id,
                                                        MemberId member);

// Makes somebody a member of a locked community and counts it.
void InsertMembership(postgres::Work& work, CommunityId id, const Membership& membership);

// Stores the role of a membership in a locked community.
void UpdateMembership(postgres::Work& work, CommunityId id, const Membership& membership);

// Ends a membership in a locked community and counts it.
void DeleteMembership(postgres::Work& work, CommunityId id, MemberId member);

}  // namespace guildhall::directory
