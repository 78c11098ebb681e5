#include "libs/base/status_macros.h"
#include "libs/feeds/item_source.h"
#include "libs/feeds/wire.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/store/changed_items.h"

namespace guildhall::discussions {
namespace {

bool IsTopic(change::v1::Kind kind) {
  return (kind >= change::v1::KIND_TOPIC_CREATED && kind <= change::v1::KIND_TOPIC_DELETED) ||
         kind == change::v1::KIND_TOPIC_MOVED || kind == change::v1::KIND_TOPIC_RESTORED ||
         kind == change::v1::KIND_POSTS_MOVED || kind == change::v1::KIND_POLL_COUNTED;
}

bool IsPost(change::v1::Kind kind) {
  return (kind >= change::v1::KIND_POST_CREATED && kind <= change::v1::KIND_POST_DELETED) ||
         kind == change::v1::KIND_POST_COUNTED || kind == change::v1::KIND_POST_RESTORED;
}

template <typename Id, typename T>
change::v1::Item ItemOf(const absl::flat_hash_map<Id, Changed<T>>& found, const Id& id) {
  change::v1::Item item;
  const auto changed = found.find(id);
  if (changed == found.end()) return item;
  item.set_community(feeds::BytesOf(changed->second.community.uuid()));
  if (changed->second.now) item.set_resource(ToProto(*changed->second.now).SerializeAsString());
  return item;
}

absl::StatusOr<std::vector<change::v1::Item>> ReadItems(Discussions& discussions,
                                                        const postgres::Context& context,
                                                        std::span<const feeds::ItemKey> keys) {
  std::vector<TopicId> topics;
  std::vector<resources::PostRef> posts;
  for (const feeds::ItemKey& key : keys) {
    if (IsTopic(key.kind)) topics.emplace_back(key.resource);
    if (IsPost(key.kind)) {
      posts.push_back({.topic = TopicId(key.key), .post = PostId(key.resource)});
    }
  }
  GUILDHALL_ASSIGN(const auto found_topics,
                   GetChangedTopics(discussions.database, context, topics));
  GUILDHALL_ASSIGN(const auto found_posts, GetChangedPosts(discussions.database, context, posts));
  std::vector<change::v1::Item> items;
  for (const feeds::ItemKey& key : keys) {
    items.push_back(IsTopic(key.kind)  ? ItemOf(found_topics, TopicId(key.resource))
                    : IsPost(key.kind) ? ItemOf(found_posts, PostId(key.resource))
                                       : change::v1::Item());
  }
  return items;
}

}  // namespace

absl::StatusOr<change::v1::LoadItemsResponse> LoadItems(
    Discussions& discussions, const rpc::Call& call, const change::v1::LoadItemsRequest& request) {
  return feeds::LoadItems(request, [&](std::span<const feeds::ItemKey> keys) {
    return ReadItems(discussions, call.context(), keys);
  });
}

}  // namespace guildhall::discussions
