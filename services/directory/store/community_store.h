#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/directory/domain/community.h"

namespace guildhall::directory {

// Where a list by name goes on: after this name and id. Empty: at the beginning.
struct NamePosition {
  std::string display_name;
  CommunityId id;
};

// Where a list of memberships goes on.
struct RankPosition {
  Role role = Role::kOwner;
  absl::Time create_time = absl::InfinitePast();
  MemberId member;
};

struct Membership {
  MemberId member;
  Role role = Role::kMember;
  absl::Time create_time;
};

struct MyCommunity {
  Community community;
  Role role = Role::kMember;
};

// A community as somebody sees it.
struct SeenCommunity {
  Community community;
  // Whether its parent is SECRET, so that not every employee who may see the community sees it so.
  bool below_secret = false;
};

// Whether archived communities are listed and found, too.
enum class Archived { kLeftOut, kShown };

// What a list of communities is narrowed to.
struct CommunityFilter {
  std::optional<CommunityId> parent;
  std::optional<Kind> kind;
  Archived archived = Archived::kLeftOut;
};

// Communities and memberships as a viewer may see them.
//
// Reads take a Grant (one community) or a Viewer (lists); a hidden parent is left out of what they
// return. All fail with DEPENDENCY_AWAY, DEADLINE_PASSED or CANCELLED.
class CommunityStore {
 public:
  explicit CommunityStore(postgres::Database& database) : database_(database) {}

  // The community of the grant; nothing when it went away since the decision. One row.
  absl::StatusOr<std::optional<SeenCommunity>> Get(const postgres::Context& context,
                                                   const access::Grant& grant) const;

  // Up to `count` communities that the viewer may see, by name; none for who is no member of the
  // organization. For an employee one index range scan, which passes by SECRET ones; for an
  // external a page each of what all see, of its own, and of SECRET ones below what it owns.
  absl::StatusOr<std::vector<Community>> List(const postgres::Context& context,
                                              const access::Viewer& viewer,
                                              const CommunityFilter& filter,
                                              const NamePosition& after, int count) const;

  // Up to `count` communities that the viewer belongs to, by name. Reads the viewer's memberships,
  // at most kMaxCommunitiesPerMember.
  absl::StatusOr<std::vector<MyCommunity>> ListMine(const postgres::Context& context,
                                                    const access::Viewer& viewer,
                                                    const NamePosition& after, int count) const;

  // Up to `count` memberships of the grant's community, highest role first. One index range scan.
  absl::StatusOr<std::vector<Membership>> ListMemberships(const postgres::Context& context,
                                                          const access::Grant& grant,
                                                          const RankPosition& after,
                                                          int count) const;

 private:
  postgres::Database& database_;
};

}  // namespace guildhall::directory
