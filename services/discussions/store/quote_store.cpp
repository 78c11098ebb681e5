#include "services/discussions/store/quote_store.h"

#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "discussions/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "services/discussions/store/rows.h"

namespace guildhall::discussions {
namespace {

// Posts that quote something, as columns.
struct QuotingPosts {
  explicit QuotingPosts(std::span<const PlacedPost> placed) {
    for (const PlacedPost& each : placed) {
      if (each.post.quoted_bytes == 0) continue;
      ids.push_back(each.post.id);
      communities.push_back(each.community);
      posts[each.post.id] = &each.post;
    }
  }
  absl::Status Add(const absl::StatusOr<postgres::Rows>& rows) const {
    if (!rows.ok()) return rows.status();
    for (const postgres::Row row : *rows) {
      posts.at(row.Get<PostId>(0))
          ->quotes.push_back({.post = row.Get<PostId>(1),
                              .post_number = row.Get<std::int32_t>(2),
                              .author = row.Get<MemberId>(3),
                              .text = row.Get<std::string>(4)});
    }
    return absl::OkStatus();
  }

  std::vector<PostId> ids;
  std::vector<CommunityId> communities;
  absl::flat_hash_map<PostId, Post*> posts;
};

// Posts of a topic, with what changes name.
absl::StatusOr<std::vector<Post>> NamedFrom(TopicId topic,
                                            const absl::StatusOr<postgres::Rows>& rows) {
  if (!rows.ok()) return rows.status();
  std::vector<Post> posts;
  for (const postgres::Row row : *rows) {
    posts.push_back(
        {.id = row.Get<PostId>(0), .topic = topic, .version = row.Get<std::int64_t>(1)});
  }
  return posts;
}

}  // namespace

absl::StatusOr<std::vector<Post>> GetPostsToQuote(postgres::Database& database,
                                                  const postgres::Context& context,
                                                  const access::Grant& grant, TopicId topic,
                                                  std::span<const PostId> posts) {
  GUILDHALL_CHECK(grant.community().has_value());
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kGetPostsToQuote, *grant.community(), topic, posts));
  std::vector<Post> found;
  for (const postgres::Row row : rows) found.push_back(PostFrom(row));
  return found;
}

absl::StatusOr<bool> StoreQuotes(postgres::Work& work, const Post& post,
                                 std::span<const FoundQuote> quotes) {
  std::vector<PostId> sources;
  std::vector<std::int64_t> versions;
  std::vector<std::string> texts;
  for (const FoundQuote& found : quotes) {
    sources.push_back(found.quote.post);
    versions.push_back(found.version);
    texts.push_back(found.quote.text);
  }
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kStoreQuotes, post.topic, post.id, sources, versions, texts,
                            std::int32_t{post.quoted_bytes}));
  return rows[0].Get<std::int32_t>(0) == static_cast<std::int32_t>(quotes.size());
}

absl::Status AddQuotes(postgres::Database& database, const postgres::Context& context,
                       std::span<const PlacedPost> posts) {
  const QuotingPosts quoting(posts);
  if (quoting.ids.empty()) return absl::OkStatus();
  return quoting.Add(database.Read(context, sql::kGetQuotes, quoting.ids, quoting.communities));
}

absl::Status AddQuotes(postgres::Work& work, const PlacedPost& post) {
  const QuotingPosts quoting({&post, 1});
  if (quoting.ids.empty()) return absl::OkStatus();
  return quoting.Add(work.Run(sql::kGetQuotes, quoting.ids, quoting.communities));
}

absl::StatusOr<std::vector<Post>> ListQuotingPosts(postgres::Work& work, TopicId topic,
                                                   PostId post) {
  return NamedFrom(topic, work.Run(sql::kListQuotingPosts, topic, post));
}

absl::StatusOr<std::vector<Post>> ForgetUnsaidQuotes(postgres::Work& work, const Post& post,
                                                     const std::string& said) {
  return NamedFrom(post.topic, work.Run(sql::kForgetUnsaidQuotes, post.topic, post.id, said));
}

}  // namespace guildhall::discussions
