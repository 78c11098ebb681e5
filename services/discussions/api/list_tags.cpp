#include <limits>

#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/store/tag_store.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};

TagCount PositionOf(const rpc::Page& page) {
  if (page.first()) return {.topic_count = std::numeric_limits<std::int32_t>::max()};
  resources::PositionReader reader = page.position();
  TagCount position;
  position.topic_count = static_cast<int>(reader.Number());
  position.tag = reader.Text();
  return position;
}

std::string Written(const TagCount& tag) {
  return resources::PositionWriter().Number(tag.topic_count).Text(tag.tag).Take();
}

}  // namespace

absl::StatusOr<v1::ListTagsResponse> ListTags(Discussions& discussions, const rpc::Call& call,
                                              const v1::ListTagsRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(std::vector<TagCount> tags,
                   ListTags(discussions.database, call.context(), call.grant(), PositionOf(page),
                            page.to_fetch()));
  v1::ListTagsResponse response;
  response.set_next_page_token(page.Cut(tags, Written));
  for (const TagCount& tag : tags) {
    v1::Tag& out = *response.add_tags();
    out.set_tag(tag.tag);
    out.set_topic_count(tag.topic_count);
  }
  return response;
}

}  // namespace guildhall::discussions
