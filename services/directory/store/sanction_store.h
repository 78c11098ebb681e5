#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "libs/postgres/work.h"
#include "services/directory/domain/sanction.h"

namespace guildhall::directory {

// Where a list of a community's sanctions goes on.
struct SanctionPosition {
  absl::Time create_time = absl::InfiniteFuture();
  MemberId member;
};

// Up to `count` sanctions of one kind from the grant's community, newest first. One index range
// scan.
absl::StatusOr<std::vector<Sanction>> ListSanctions(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::Grant& grant, SanctionKind kind,
                                                    const SanctionPosition& after, int count);

// One sanction from the grant's community; nothing when the member has none there. One row.
absl::StatusOr<std::optional<Sanction>> GetSanction(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::Grant& grant, SanctionKind kind,
                                                    MemberId member);

// A mute as the muted knows it: without who made it.
struct OwnMute {
  CommunityId community;
  Sanction mute;
};

// Where a list of one's own mutes goes on.
struct OwnMutePosition {
  absl::Time create_time = absl::InfiniteFuture();
  CommunityId community;
};

// Up to `count` of the viewer's own mutes, newest first, in communities that it sees. Reads all of
// its mutes.
absl::StatusOr<std::vector<OwnMute>> ListOwnMutes(postgres::Database& database,
                                                  const postgres::Context& context,
                                                  const access::Viewer& viewer,
                                                  const OwnMutePosition& after, int count);

// What follows are parts of a transaction. Members are held before communities are locked.

// The affiliation of a member whom the viewer may know of, held until the end of the transaction so
// that it joins nothing meanwhile; nothing when there is none. Fails with BUSY.
absl::StatusOr<std::optional<Affiliation>> HoldMemberInSight(postgres::Work& work,
                                                             const access::Viewer& viewer,
                                                             MemberId member);

// Holds a member until the end of the transaction, so that nobody else writes its memberships and
// sanctions. Travels with the next round trip, which fails with BUSY.
void HoldMember(postgres::Work& work, MemberId member);

// A membership where a sanction would hold, which a ban would end.
struct CoveredMembership {
  CommunityId community;
  Role role = Role::kMember;
  bool last_owner = false;
};

// What a sanction has to reckon with.
struct Covered {
  // In the locked community and in those below it, parents first; these are locked, too.
  std::vector<CoveredMembership> memberships;
  bool owns_ancestor = false;
  // From and in this very community.
  bool banned = false;
  bool muted = false;
};
// Of a member that is held, in a locked community. Two round trips. Fails with BUSY.
absl::StatusOr<Covered> LockCovered(postgres::Work& work, CommunityId community, MemberId member);

// How much of a community a member sees.
enum class Extent { kNothing, kItself, kAndWhoBelongs };

// A community of which a member sees something now, or saw before it was narrowed.
struct Sight {
  CommunityId community;
  Extent now = Extent::kNothing;
};
// Of a community and those below it, parents first, as the transaction stands. Cost: one row for
// each of them.
absl::StatusOr<std::vector<Sight>> ReadSightBelow(postgres::Work& work, CommunityId community,
                                                  MemberId member);

void InsertSanction(postgres::Work& work, CommunityId community, const Sanction& sanction);

// Whether there was one.
absl::StatusOr<bool> DeleteSanction(postgres::Work& work, SanctionKind kind, CommunityId community,
                                    MemberId member);

// A sanction whose end has come, and where a list of them goes on.
struct EndedSanction {
  absl::Time expire_time = absl::InfinitePast();
  MemberId member;
  CommunityId community;

  bool operator==(const EndedSanction&) const = default;
};
// Up to `count` of one kind that end at `now` or before, those that ended first; nothing is held.
// One index range scan.
absl::StatusOr<std::vector<EndedSanction>> ListEndedSanctions(postgres::Database& database,
                                                              const postgres::Context& context,
                                                              SanctionKind kind, absl::Time now,
                                                              const EndedSanction& after,
                                                              int count);

// Ends a sanction of a member that is held, if its end has come. Whether there was one.
absl::StatusOr<bool> DeleteEndedSanction(postgres::Work& work, SanctionKind kind,
                                         CommunityId community, MemberId member, absl::Time now);

}  // namespace guildhall::directory
