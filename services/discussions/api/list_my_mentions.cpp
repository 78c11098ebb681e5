#include <set>

#include "libs/base/status_macros.h"
#include "libs/rpc/times.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/api/time_positions.h"
#include "services/discussions/store/mention_store.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};

v1::Mention ToProto(const Mention& mention) {
  v1::Mention out;
  out.set_post(resources::PostName(mention.topic, mention.post));
  out.set_kind(static_cast<v1::MentionKind>(mention.kind));
  *out.mutable_create_time() = rpc::ToProto(mention.time);
  out.set_post_number(mention.post_number);
  out.set_topic_title(mention.topic_title);
  out.set_post_author(resources::Name(mention.post_author));
  out.set_community(resources::Name(mention.community));
  return out;
}

}  // namespace

absl::StatusOr<v1::ListMyMentionsResponse> ListMyMentions(
    Discussions& discussions, const rpc::Call& call, const v1::ListMyMentionsRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  // Everyone of a community are those who may write there: the table of rights says so.
  GUILDHALL_ASSIGN(const auto everyone,
                   AllowedAmong(discussions, call, access::Permission::kContentCreate,
                                "communities", request.communities()));
  GUILDHALL_ASSIGN(const auto moderators,
                   AllowedAmong(discussions, call, access::Permission::kContentModerate,
                                "communities", request.communities()));
  GUILDHALL_ASSIGN(const std::vector<CommunityId> places,
                   ListMentionPlaces(discussions.database, call.context(), call.grant()));
  GUILDHALL_ASSIGN(
      const auto readable,
      VisibleAmong(discussions, call, std::set<CommunityId>(places.begin(), places.end())));
  GUILDHALL_ASSIGN(std::vector<Mention> mentions,
                   ListMentions(discussions.database, call.context(), call.grant(),
                                {.readable = readable,
                                 .everywhere = readable.ids().size() == places.size(),
                                 .everyone = everyone,
                                 .moderators = moderators},
                                TimePositionOf(page), page.to_fetch()));
  v1::ListMyMentionsResponse response;
  response.set_next_page_token(page.Cut(mentions, [](const Mention& mention) {
    return Written({mention.time, mention.post.uuid()});
  }));
  for (const Mention& each : mentions) {
    if (!each.ignored) *response.add_mentions() = ToProto(each);
  }
  return response;
}

}  // namespace guildhall::discussions
