#include "services/discussions/store/places.h"

#include "absl/container/flat_hash_map.h"
#include "discussions/statements.h"
#include "libs/base/status_macros.h"

namespace guildhall::discussions {

absl::StatusOr<Places> GetTopicPlaces(postgres::Database& database,
                                      const postgres::Context& context,
                                      std::span<const TopicId> topics) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kGetTopicPlaces, topics));
  absl::flat_hash_map<TopicId, Place> found;
  for (const postgres::Row row : rows) {
    found[row.Get<TopicId>(0)] = {row.Get<CommunityId>(1), row.Get<MemberId>(2), row.Get<bool>(3)};
  }
  Places places;
  for (const TopicId& topic : topics) {
    const auto place = found.find(topic);
    places.push_back(place == found.end() ? std::nullopt : std::optional(place->second));
  }
  return places;
}

absl::StatusOr<Places> GetPostPlaces(postgres::Database& database, const postgres::Context& context,
                                     std::span<const resources::PostRef> posts) {
  std::vector<TopicId> topics;
  std::vector<std::optional<PostId>> ids;
  std::vector<std::optional<std::int32_t>> numbers;
  for (const resources::PostRef& post : posts) {
    topics.push_back(post.topic);
    ids.push_back(post.post);
    numbers.push_back(post.number);
  }
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kGetPostPlaces, topics, ids, numbers));
  Places places(posts.size());
  for (const postgres::Row row : rows) {
    // Arrays count from 1 in SQL.
    places.at(row.Get<std::int32_t>(0) - 1) = {row.Get<CommunityId>(1), row.Get<MemberId>(2),
                                               row.Get<bool>(3)};
  }
  return places;
}

}  // namespace guildhall::discussions
