#include "services/directory/domain/importing.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"

namespace guildhall::directory {
namespace {

// The refusal of one among many says which: ids, whoever imports has given them.
absl::Status Naming(const absl::Status& refusal, CommunityId id) {
  if (refusal.ok()) return refusal;
  absl::Status named(refusal.code(),
                     absl::StrCat(refusal.message(), " (communities/", id.ToString(), ")"));
  if (const auto details = DetailsOf(refusal)) Attach(*details, named);
  return named;
}

}  // namespace

absl::Status CheckImporting(std::span<const Community> imported, StandingCommunities standing) {
  for (const Community& community : imported) {
    if (standing.contains(community.id)) continue;
    LockedCommunity founded{.community = community};
    if (community.parent) {
      const auto parent = standing.find(*community.parent);
      if (parent == standing.end()) {
        return WrongField("communities.parent",
                          absl::StrCat("of communities/", community.id.ToString(),
                                       " names none that stands or comes before it"));
      }
      GUILDHALL_TRY(Naming(CheckNesting(parent->second, community.profile), community.id));
      founded.ancestors = parent->second.ancestors;
      founded.ancestors.push_back(*community.parent);
    }
    standing.emplace(community.id, std::move(founded));
  }
  return absl::OkStatus();
}

}  // namespace guildhall::directory
