#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/store/reaction_store.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 50, .most = 200};

std::string PositionOf(const Reaction& reaction) {
  return resources::PositionWriter()
      .Id(reaction.member.uuid())
      .Number(static_cast<std::int64_t>(reaction.kind))
      .Take();
}

ReactionPosition ReactionPositionOf(const rpc::Page& page) {
  if (page.first()) return {};
  resources::PositionReader reader = page.position();
  ReactionPosition position;
  position.member = MemberId(reader.Id());
  position.kind = static_cast<int>(reader.Number());
  return position;
}

}  // namespace

absl::StatusOr<v1::ListReactionsResponse> ListReactions(Discussions& discussions,
                                                        const rpc::Call& call,
                                                        const v1::ListReactionsRequest& request) {
  GUILDHALL_ASSIGN(const resources::PostRef ref, PostById("parent", request.parent()));
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::OfSharedList(discussions.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(std::vector<Reaction> reactions,
                   ListReactions(discussions.database, call.context(), call.grant(), ref.topic,
                                 *ref.post, ReactionPositionOf(page), page.to_fetch()));
  v1::ListReactionsResponse response;
  response.set_next_page_token(page.Cut(reactions, PositionOf));
  for (const Reaction& reaction : reactions) *response.add_reactions() = ToProto(ref, reaction);
  return response;
}

}  // namespace guildhall::discussions
