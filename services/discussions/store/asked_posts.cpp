#include "services/discussions/store/asked_posts.h"

#include "discussions/statements.h"
#include "libs/base/status_macros.h"
#include "services/discussions/store/quote_store.h"
#include "services/discussions/store/rows.h"

namespace guildhall::discussions {
namespace {

// The names of posts as columns.
struct Columns {
  explicit Columns(std::span<const resources::PostRef> posts) {
    for (const resources::PostRef& post : posts) {
      topics.push_back(post.topic);
      ids.push_back(post.post);
      numbers.push_back(post.number);
    }
  }

  std::vector<TopicId> topics;
  std::vector<std::optional<PostId>> ids;
  std::vector<std::optional<std::int32_t>> numbers;
};

}  // namespace

absl::StatusOr<std::vector<AskedPost>> GetPosts(postgres::Database& database,
                                                const postgres::Context& context,
                                                const access::VisibleCommunities& visible,
                                                std::span<const resources::PostRef> posts,
                                                Bytes bytes) {
  std::vector<AskedPost> found;
  if (visible.empty()) return found;
  const Columns columns(posts);
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kGetPosts, columns.topics, columns.ids, columns.numbers,
                    visible.ids(), static_cast<std::int64_t>(Count(bytes))));
  std::vector<CommunityId> communities;
  for (const postgres::Row row : rows) {
    // Arrays count from 1 in SQL.
    found.push_back({.post = PostFrom(row),
                     .place = row.Get<std::int32_t>(kPostColumns) - 1,
                     .last = row.Get<bool>(kPostColumns + 2)});
    communities.push_back(row.Get<CommunityId>(kPostColumns + 1));
  }
  std::vector<PlacedPost> placed;
  for (std::size_t i = 0; i < found.size(); ++i) placed.push_back({found[i].post, communities[i]});
  GUILDHALL_TRY(AddQuotes(database, context, placed));
  return found;
}

}  // namespace guildhall::discussions
