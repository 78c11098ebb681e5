#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "libs/access/caller.h"
#include "libs/access/permission.h"
#include "libs/base/ids.h"

namespace guildhall::access {

// Whose eyes a query looks through: the two facts that directory's visibility predicate in SQL
// takes. Made only by Authorizer.
class Viewer {
 public:
  MemberId member() const { return member_; }
  // kNone sees nothing.
  Affiliation affiliation() const { return affiliation_; }

 private:
  friend class Authorizer;
  Viewer(MemberId member, Affiliation affiliation) : member_(member), affiliation_(affiliation) {}

  MemberId member_;
  Affiliation affiliation_;
};

// A decision that was taken: proof that `caller` may use `permission`, on `community` if one is
// named. Made only by Authorizer; whatever touches protected rows takes one, so a query without a
// decision does not compile. Holds for the call that it was made for: keep none.
class Grant {
 public:
  // kNone for methods that anybody or only services may call.
  Permission permission() const { return permission_; }
  const Caller& caller() const { return caller_; }
  // The calling member; nil when nobody is signed in.
  MemberId member() const { return caller_.member; }
  std::optional<CommunityId> community() const { return community_; }
  const Viewer& viewer() const { return viewer_; }

 private:
  friend class Authorizer;
  Grant(Permission permission, Caller caller, Viewer viewer, std::optional<CommunityId> community)
      : permission_(permission),
        caller_(std::move(caller)),
        community_(community),
        viewer_(viewer) {}

  Permission permission_;
  Caller caller_;
  std::optional<CommunityId> community_;
  Viewer viewer_;
};

// Those of the communities asked about in which the caller may use a permission. Made only by
// Authorizer. Empty means nothing, never everything.
class VisibleCommunities {
 public:
  Permission permission() const { return permission_; }
  MemberId member() const { return member_; }
  const std::vector<CommunityId>& ids() const { return ids_; }
  bool empty() const { return ids_.empty(); }
  bool contains(CommunityId id) const { return set_.contains(id); }
  // Whether the community is one of them and archived, itself or from above.
  bool is_archived(CommunityId id) const { return archived_.contains(id); }

 private:
  friend class Authorizer;
  VisibleCommunities(Permission permission, MemberId member, std::vector<CommunityId> ids,
                     absl::flat_hash_set<CommunityId> archived)
      : permission_(permission),
        member_(member),
        ids_(std::move(ids)),
        set_(ids_.begin(), ids_.end()),
        archived_(std::move(archived)) {}

  Permission permission_;
  MemberId member_;
  std::vector<CommunityId> ids_;
  absl::flat_hash_set<CommunityId> set_;
  absl::flat_hash_set<CommunityId> archived_;
};

}  // namespace guildhall::access
