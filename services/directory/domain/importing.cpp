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

absl::Status CheckFounding(const Community& imported, StandingCommunities& standing) {
  if (standing.contains(imported.id)) return absl::OkStatus();
  LockedCommunity founded{.community = imported};
  if (imported.parent) {
    const auto parent = standing.find(*imported.parent);
    if (parent == standing.end()) {
      return WrongField("communities.parent",
                        absl::StrCat("of communities/", imported.id.ToString(),
                                     " names none that stands or comes before it"));
    }
    GUILDHALL_TRY(Naming(CheckNesting(parent->second, imported.profile), imported.id));
    founded.ancestors = parent->second.ancestors;
    founded.ancestors.push_back(*imported.parent);
  }
  standing.emplace(imported.id, std::move(founded));
  return absl::OkStatus();
}

absl::Status CheckImporting(std::span<const Community> imported, StandingCommunities standing) {
  for (const Community& community : imported) GUILDHALL_TRY(CheckFounding(community, standing));
  return absl::OkStatus();
}

}  // namespace guildhall::directory
