#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "libs/postgres/work.h"
#include "services/directory/domain/ban.h"

namespace guildhall::directory {

// Where a list of bans goes on.
struct BanPosition {
  absl::Time create_time = absl::InfiniteFuture();
  MemberId member;
};

// Up to `count` bans from the grant's community, newest first. One index range scan.
absl::StatusOr<std::vector<Ban>> ListBans(postgres::Database& database,
                                          const postgres::Context& context,
                                          const access::Grant& grant, const BanPosition& after,
                                          int count);

// What follows are parts of a transaction. Members are held before communities are locked.

// The affiliation of a member whom the viewer may know of, held until the end of the transaction so
// that it joins nothing meanwhile; nothing when there is none. Fails with BUSY.
absl::StatusOr<std::optional<Affiliation>> HoldMemberInSight(postgres::Work& work,
                                                             const access::Viewer& viewer,
                                                             MemberId member);

// Holds a member until the end of the transaction, so that nobody else writes its memberships and
// bans. Travels with the next round trip, which fails with BUSY.
void HoldMember(postgres::Work& work, MemberId member);

// A membership that a ban would end.
struct CoveredMembership {
  CommunityId community;
  Role role = Role::kMember;
  bool last_owner = false;
};

// What a ban has to reckon with.
struct Covered {
  // In the locked community and in those below it, parents first; these are locked, too.
  std::vector<CoveredMembership> memberships;
  bool owns_ancestor = false;
  // From this very community.
  bool banned = false;
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

void InsertBan(postgres::Work& work, CommunityId community, const Ban& ban);

// Whether there was one.
absl::StatusOr<bool> DeleteBan(postgres::Work& work, CommunityId community, MemberId member);

// A ban whose end has come, and where a list of them goes on.
struct EndedBan {
  absl::Time expire_time = absl::InfinitePast();
  MemberId member;
  CommunityId community;
};
// Up to `count` bans that end at `now` or before, those that ended first; nothing is held. One
// index range scan.
absl::StatusOr<std::vector<EndedBan>> ListEndedBans(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    absl::Time now, const EndedBan& after,
                                                    int count);

// Lifts a ban of a member that is held, if its end has come. Whether there was one.
absl::StatusOr<bool> DeleteEndedBan(postgres::Work& work, CommunityId community, MemberId member,
                                    absl::Time now);

}  // namespace guildhall::directory
