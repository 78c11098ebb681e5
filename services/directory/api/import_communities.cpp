#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "libs/rpc/times.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/sending.h"
#include "services/directory/api/writing.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

absl::StatusOr<Community> CommunityFrom(const v1::Community& imported, const ImportOrder& order) {
  Community community;
  GUILDHALL_ASSIGN(community.id, resources::ParseCommunity("communities.name", imported.name()));
  if (order.manner == ImportManner::kFollowSource) {
    GUILDHALL_TRY(CheckImportedId("communities.name", community.id.uuid()));
  }
  if (!imported.parent().empty()) {
    GUILDHALL_ASSIGN(community.parent,
                     resources::ParseCommunity("communities.parent", imported.parent()));
  }
  GUILDHALL_ASSIGN(community.kind, KindFrom("communities.kind", imported.kind()));
  GUILDHALL_ASSIGN(community.profile, ProfileFrom(imported));
  GUILDHALL_ASSIGN(community.create_time,
                   rpc::TimeFrom("communities.create_time", imported.create_time()));
  return community;
}

}  // namespace

absl::StatusOr<v1::ImportCommunitiesResponse> ImportCommunities(
    Directory& directory, const rpc::Call& call, const v1::ImportCommunitiesRequest& request) {
  if (request.communities_size() > kMaxImportedCommunities) {
    return WrongField("communities", absl::StrCat("takes at most ", kMaxImportedCommunities));
  }
  Sending<Community, CommunityId> sending(call, request);
  for (const v1::Community& imported : request.communities()) {
    GUILDHALL_TRY(
        sending.Add(CommunityFrom(imported, sending.order()), "communities.name", &Community::id));
  }
  cache::Tags edited{kAnyCommunity};
  for (const Community& community : sending.records()) edited.push_back(community.id.uuid());
  const Touch touch(directory, std::move(edited));
  GUILDHALL_ASSIGN(Imported imported, ImportCommunities(directory.database, call.context(),
                                                        sending.order(), sending.records()));
  return std::move(sending).Answer<v1::ImportCommunitiesResponse>(std::move(imported));
}

}  // namespace guildhall::directory
