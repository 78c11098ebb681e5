#pragma once

#include <limits>
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

// Where a list of communities goes on: after the one of this id, which in the order of the list has
// this name, time or number of members. As made here: at the beginning of any.
struct CommunityPosition {
  std::string display_name;
  absl::Time create_time = absl::InfiniteFuture();
  std::int32_t member_count = std::numeric_limits<std::int32_t>::max();
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

// A community above another one.
struct Ancestor {
  CommunityId id;
  std::string display_name;
};

// A community as somebody sees it.
struct SeenCommunity {
  Community community;
  // Whether one above it is SECRET, so that not every employee who may see the community sees it
  // so.
  bool below_secret = false;
  // Those above it that are seen, the topmost first.
  std::vector<Ancestor> ancestors;
};

// Whether archived communities are listed and found, too.
enum class Archived { kLeftOut, kShown };

// In which order communities are listed: by name, the newest first, or those with the most members
// first, of whose number two digits count.
enum class CommunityOrder { kName, kNewest, kLargest };

// Whether communities are listed wherever they stand, or those alone of which the viewer sees none
// right above.
enum class Level { kAny, kTop };

// What a list of communities is narrowed to, and its order.
struct CommunityFilter {
  std::optional<CommunityId> parent;
  // Right above or further up.
  std::optional<CommunityId> ancestor;
  Level level = Level::kAny;
  std::optional<Kind> kind;
  std::optional<Admits> admits;
  // As profiles keep it, compared without case and accents; empty: anywhere.
  std::string location;
  Archived archived = Archived::kLeftOut;
  CommunityOrder order = CommunityOrder::kName;
};

// A community of a list.
struct ListedCommunity {
  Community community;
  // Whether a list of those right below it, with archived ones or without as this one, shows any.
  bool is_parent = false;
};

// Communities and memberships as a viewer may see them.
//
// Reads take a Grant (one community) or a Viewer (lists); a hidden parent is left out of what they
// return. All fail with DEPENDENCY_AWAY, DEADLINE_PASSED or CANCELLED.
class CommunityStore {
 public:
  explicit CommunityStore(postgres::Database& database) : database_(database) {}

  // The community of the grant; nothing when it went away since the decision. One row, and one for
  // each community above.
  absl::StatusOr<std::optional<SeenCommunity>> Get(const postgres::Context& context,
                                                   const access::Grant& grant) const;

  // Up to `count` communities that the viewer may see and that pass the filter, in its order; none
  // for who is no member of the organization. Walks an index of the catalog in that order, at most
  // of all communities, reads those that are listed and looks into an index for what is below each;
  // the catalog once more for Level::kTop and for an ancestor.
  absl::StatusOr<std::vector<ListedCommunity>> List(const postgres::Context& context,
                                                    const access::Viewer& viewer,
                                                    const CommunityFilter& filter,
                                                    const CommunityPosition& after,
                                                    int count) const;

  // Those among some communities that the viewer may see, in no order. One statement; a row of
  // each, and one for each community above it.
  absl::StatusOr<std::vector<SeenCommunity>> GetAll(const postgres::Context& context,
                                                    const access::Viewer& viewer,
                                                    const std::vector<CommunityId>& ids) const;

  // Up to `count` communities that the viewer belongs to, by name. Walks as List does.
  absl::StatusOr<std::vector<MyCommunity>> ListMine(const postgres::Context& context,
                                                    const access::Viewer& viewer,
                                                    const NamePosition& after, int count) const;

  // Up to `count` memberships of the grant's community, highest role first. One index range scan.
  absl::StatusOr<std::vector<Membership>> ListMemberships(const postgres::Context& context,
                                                          const access::Grant& grant,
                                                          const RankPosition& after,
                                                          int count) const;

  // The membership of a member in the grant's community; nothing when it has none. One row.
  absl::StatusOr<std::optional<Membership>> GetMembership(const postgres::Context& context,
                                                          const access::Grant& grant,
                                                          MemberId member) const;

 private:
  postgres::Database& database_;
};

}  // namespace guildhall::directory
