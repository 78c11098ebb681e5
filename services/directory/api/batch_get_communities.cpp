#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {

absl::StatusOr<v1::BatchGetCommunitiesResponse> BatchGetCommunities(
    Directory& directory, const rpc::Call& call, const v1::BatchGetCommunitiesRequest& request) {
  if (request.names_size() > kMaxBatchCommunities) {
    return WrongField("names", absl::StrCat("takes at most ", kMaxBatchCommunities));
  }
  std::vector<CommunityId> ids;
  for (const std::string& name : request.names()) {
    GUILDHALL_ASSIGN(ids.emplace_back(), resources::ParseCommunity("names", name));
  }
  GUILDHALL_ASSIGN(const std::vector<SeenCommunity> communities,
                   directory.communities.GetAll(call.context(), call.grant().viewer(), ids));
  absl::flat_hash_map<CommunityId, const SeenCommunity*> seen;
  for (const SeenCommunity& each : communities) seen.emplace(each.community.id, &each);
  v1::BatchGetCommunitiesResponse response;
  for (const CommunityId id : ids) {
    // Taken out when answered: each once, whoever asks twice.
    if (const auto found = seen.extract(id)) {
      *response.add_communities() = ToProto(*found.mapped());
    }
  }
  return response;
}

}  // namespace guildhall::directory
