#include <set>

#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/api/time_positions.h"
#include "services/discussions/store/removal_store.h"

namespace guildhall::discussions {
namespace {

// Removals hold whole posts, of up to 64 KiB: clients of gRPC take 4 MiB unless they are told
// otherwise.
constexpr rpc::PageSize kPageSize{.usual = 10, .most = 30};

std::string PositionOf(const Removal& removal) { return Written({removal.time, removal.id}); }

}  // namespace

absl::StatusOr<v1::ListRemovalsResponse> ListRemovals(Discussions& discussions,
                                                      const rpc::Call& call,
                                                      const v1::ListRemovalsRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(std::vector<Removal> removals,
                   ListRemovals(discussions.database, call.context(), call.grant(),
                                TimePositionOf(page), page.to_fetch()));
  v1::ListRemovalsResponse response;
  response.set_next_page_token(page.Cut(removals, PositionOf));
  for (const Removal& removal : removals) *response.add_removals() = ToProto(removal);
  return response;
}

absl::StatusOr<v1::ListMyRemovalsResponse> ListMyRemovals(
    Discussions& discussions, const rpc::Call& call, const v1::ListMyRemovalsRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(std::vector<Removal> removals,
                   ListOwnRemovals(discussions.database, call.context(), call.grant(),
                                   TimePositionOf(page), page.to_fetch()));
  v1::ListMyRemovalsResponse response;
  response.set_next_page_token(page.Cut(removals, PositionOf));
  std::set<CommunityId> communities;
  for (const Removal& removal : removals) communities.insert(removal.community);
  GUILDHALL_ASSIGN(const auto visible, VisibleAmong(discussions, call, communities));
  for (const Removal& removal : removals) {
    if (!visible.contains(removal.community)) continue;
    v1::Removal& told = *response.add_removals() = ToProto(removal);
    told.clear_remover();
    told.clear_restorer();
  }
  return response;
}

}  // namespace guildhall::discussions
