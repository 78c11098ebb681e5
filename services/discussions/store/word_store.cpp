#include "services/discussions/store/word_store.h"

#include "absl/strings/str_join.h"
#include "discussions/statements.h"
#include "libs/base/status_macros.h"
#include "services/discussions/domain/markdown.h"
#include "services/discussions/domain/search.h"
#include "services/discussions/store/word_forms.h"

namespace guildhall::discussions {
namespace {

std::optional<TopicId> TopicOf(const SearchProgress& progress) {
  return progress.known ? std::optional(progress.known->topic) : std::nullopt;
}
std::int32_t NumberOf(const SearchProgress& progress) {
  return progress.known ? progress.known->number : 0;
}
std::int64_t XidOf(const SearchProgress& progress) {
  return static_cast<std::int64_t>(progress.position.place.xid);
}

constexpr int kColumns = 10;

// Runs a statement that changes the words of up to `count` posts of topics, with the progress held,
// and says of how many.
absl::StatusOr<int> Change(const postgres::Statement& statement, postgres::Database& database,
                           const postgres::Context& context, std::span<const TopicId> topics,
                           int count) {
  return database.Transact<int>(context, [&](postgres::Work& work) -> absl::StatusOr<int> {
    work.Defer(sql::kHoldSearchProgress);
    GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(statement, topics, count));
    return static_cast<int>(rows.size());
  });
}

PostToIndex PostFrom(const postgres::Row& row) {
  PostToIndex post{.id = row.Get<PostId>(0),
                   .place = {row.Get<TopicId>(1), row.Get<std::int32_t>(2)},
                   .community = row.Get<CommunityId>(3),
                   .author = row.Get<MemberId>(4),
                   .create_time = row.Get<absl::Time>(5),
                   .title = row.Get<std::string>(6),
                   .markdown = row.Get<std::string>(7)};
  if (!row.IsNull(8)) post.tags = row.Get<std::vector<std::string>>(8);
  post.traits = row.Get<std::vector<std::string>>(9);
  return post;
}

// PostgreSQL's text for an array, or nothing for an empty one: lists of different lengths are no
// list of lists to it. No tag or trait has a quotation mark or a backslash.
std::string ArrayOf(const std::vector<std::string>& words) {
  return words.empty() ? "" : "{\"" + absl::StrJoin(words, "\",\"") + "\"}";
}

}  // namespace

absl::StatusOr<SearchProgress> GetSearchProgress(postgres::Database& database,
                                                 const postgres::Context& context) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kGetSearchProgress));
  const postgres::Row row = rows[0];
  SearchProgress progress;
  progress.position = {
      row.Get<Uuid>(0),
      {static_cast<std::uint64_t>(row.Get<std::int64_t>(1)), row.Get<std::int64_t>(2)}};
  if (const auto topic = row.Get<std::optional<TopicId>>(3)) {
    progress.known = {*topic, row.Get<std::int32_t>(4)};
  }
  return progress;
}

absl::StatusOr<bool> MoveSearchProgress(postgres::Work& work, const SearchProgress& from,
                                        const SearchProgress& to) {
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      work.Run(sql::kMoveSearchProgress, to.position.incarnation, XidOf(to), to.position.place.n,
               TopicOf(to), NumberOf(to), from.position.incarnation, XidOf(from),
               from.position.place.n, TopicOf(from), NumberOf(from)));
  return !rows.empty();
}

absl::StatusOr<std::vector<PostToIndex>> GetPostsToIndex(
    postgres::Database& database, const postgres::Context& context,
    std::span<const resources::PostRef> posts) {
  std::vector<TopicId> topics;
  std::vector<std::optional<PostId>> ids;
  std::vector<std::optional<std::int32_t>> numbers;
  for (const resources::PostRef& post : posts) {
    topics.push_back(post.topic);
    ids.push_back(post.post);
    numbers.push_back(post.number);
  }
  std::vector<PostToIndex> found;
  if (posts.empty()) return found;
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kGetPostsToIndex, topics, ids, numbers));
  for (const postgres::Row row : rows) found.push_back(PostFrom(row));
  return found;
}

absl::StatusOr<std::vector<PostToIndex>> ListPostsToIndex(postgres::Database& database,
                                                          const postgres::Context& context,
                                                          const PostPlace& after, int count) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kListPostsToIndex,
                                                            after.topic, after.number, count));
  std::vector<PostToIndex> posts;
  for (const postgres::Row row : rows) {
    posts.push_back(PostFrom(row));
    posts.back().stands = row.Get<bool>(kColumns);
  }
  return posts;
}

void WordsOfPosts::Add(const PostToIndex& post) {
  const std::string html = MarkdownToHtml(post.markdown).value_or("");
  posts_.push_back(post.id);
  topics_.push_back(post.place.topic);
  communities_.push_back(post.community);
  times_.push_back(post.create_time);
  words_.push_back(
      VectorOf(LexemesOf(post.title, HtmlToText(html)), {.community = post.community,
                                                         .author = post.author,
                                                         .create_time = post.create_time,
                                                         .tags = post.tags,
                                                         .traits = post.traits,
                                                         .first = post.place.number == 1}));
  tags_.push_back(ArrayOf(post.tags));
  traits_.push_back(ArrayOf(post.traits));
}

void WordsOfPosts::Store(postgres::Work& work) const {
  if (posts_.empty()) return;
  work.Defer(sql::kStorePostWords, posts_, topics_, communities_, times_, words_, tags_, traits_);
}

void ForgetWords(postgres::Work& work, std::span<const PostId> posts,
                 std::span<const TopicId> topics) {
  if (posts.empty() && topics.empty()) return;
  work.Defer(sql::kForgetPostWords, posts, topics);
}

absl::StatusOr<int> CarryWords(postgres::Database& database, const postgres::Context& context,
                               std::span<const TopicId> topics, int count) {
  return Change(sql::kCarryPostWords, database, context, topics, count);
}

absl::StatusOr<int> MoveWords(postgres::Database& database, const postgres::Context& context,
                              std::span<const TopicId> topics, int count) {
  return Change(sql::kMovePostWords, database, context, topics, count);
}

}  // namespace guildhall::discussions
