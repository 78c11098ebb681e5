#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/changelog/page.h"
#include "libs/postgres/database.h"
#include "libs/postgres/work.h"
#include "libs/resources/names.h"
#include "services/discussions/store/post_counts.h"

namespace guildhall::discussions {

// The words of posts as search knows them, and how far it does.

struct SearchProgress {
  changelog::Position position;
  // The last of the posts that were there before, in order of topic and number; nothing when all
  // are done.
  std::optional<PostPlace> known;
};

// A post whose words are to be known.
struct PostToIndex {
  PostId id;
  PostPlace place;
  CommunityId community;
  MemberId author;
  absl::Time create_time;
  // Of the topic, with its first post alone.
  std::string title;
  std::string markdown;
  // Of the topic.
  std::vector<std::string> tags;
  std::vector<std::string> traits;
  // Not deleted, nor its topic.
  bool stands = true;
};

absl::StatusOr<SearchProgress> GetSearchProgress(postgres::Database& database,
                                                 const postgres::Context& context);

// Moves the progress; false when it is not where it was seen: somebody else was faster.
absl::StatusOr<bool> MoveSearchProgress(postgres::Work& work, const SearchProgress& from,
                                        const SearchProgress& to);

// Those of the posts that stand, wherever they do by now.
absl::StatusOr<std::vector<PostToIndex>> GetPostsToIndex(postgres::Database& database,
                                                         const postgres::Context& context,
                                                         std::span<const resources::PostRef> posts);

// Up to `count` posts after a place, in order of topic and number.
absl::StatusOr<std::vector<PostToIndex>> ListPostsToIndex(postgres::Database& database,
                                                          const postgres::Context& context,
                                                          const PostPlace& after, int count);

// Stores the words of posts, which are computed here: about 0.1 ms a post of 1 KB.
class WordsOfPosts {
 public:
  void Add(const PostToIndex& post);
  void Store(postgres::Work& work) const;

 private:
  std::vector<PostId> posts_;
  std::vector<TopicId> topics_;
  std::vector<CommunityId> communities_;
  std::vector<absl::Time> times_;
  std::vector<std::string> words_;
  std::vector<std::string> tags_;
  std::vector<std::string> traits_;
};

// Posts, and all posts of topics, are found no more.
void ForgetWords(postgres::Work& work, std::span<const PostId> posts,
                 std::span<const TopicId> topics);

// Like what stores and forgets words, the two that follow hold the progress first: no two processes
// that write words wait for each other's rows.

// Up to `count` posts that are known in `topics`, and have gone into others, are known there: says
// of how many that was true.
absl::StatusOr<int> CarryWords(postgres::Database& database, const postgres::Context& context,
                               std::span<const TopicId> topics, int count);

// Up to `count` posts of topics that are known elsewhere, or by other tags or traits, are found
// where these stand now and by what they have and are: says of how many that was true. Each costs
// what storing its words does.
absl::StatusOr<int> MoveWords(postgres::Database& database, const postgres::Context& context,
                              std::span<const TopicId> topics, int count);

}  // namespace guildhall::discussions
