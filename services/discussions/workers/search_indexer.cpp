#include "services/discussions/workers/search_indexer.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/settled.h"

namespace guildhall::discussions {
namespace {

// What changes say of the words that are known.
struct Tidings {
  std::vector<resources::PostRef> posts;
  std::vector<TopicId> gone_topics;
  // Elsewhere now, or maybe with other tags.
  std::vector<TopicId> moved_topics;
  // Of which posts have gone, or into which they have come.
  std::vector<TopicId> changed_topics;
  // There again with all their posts.
  std::vector<TopicId> restored_topics;
};

void Hear(const changelog::Change& change, Tidings& tidings) {
  const TopicId topic(change.key);
  switch (change.kind) {
    case change::v1::KIND_TOPIC_UPDATED:
      // Its title is looked through with its first post.
      tidings.posts.push_back({.topic = topic, .number = 1});
      tidings.moved_topics.push_back(topic);
      break;
    case change::v1::KIND_POST_CREATED:
    case change::v1::KIND_POST_UPDATED:
    case change::v1::KIND_POST_DELETED:
    case change::v1::KIND_POST_RESTORED:
      tidings.posts.push_back({.topic = topic, .post = PostId(change.resource)});
      break;
    case change::v1::KIND_TOPIC_DELETED:
      std::erase(tidings.restored_topics, topic);
      tidings.gone_topics.push_back(topic);
      break;
    case change::v1::KIND_POSTS_MOVED:
      tidings.changed_topics.push_back(topic);
      // Their community and tags are those of where they have come.
      tidings.moved_topics.push_back(topic);
      // What stands first is looked through with the title, and what stood first without.
      tidings.posts.push_back({.topic = topic, .number = 1});
      break;
    case change::v1::KIND_TOPIC_RESTORED:
      std::erase(tidings.gone_topics, topic);
      tidings.restored_topics.push_back(topic);
      break;
    case change::v1::KIND_TOPIC_MOVED:
      tidings.moved_topics.push_back(topic);
      break;
    default:
      break;
  }
}

// Those of the posts that were asked for by id and are not there, and older ones that do not stand.
std::vector<PostId> GoneOf(const std::vector<resources::PostRef>& asked,
                           const std::vector<PostToIndex>& changed,
                           const std::vector<PostToIndex>& older) {
  std::set<PostId> gone;
  for (const resources::PostRef& post : asked) {
    if (post.post) gone.insert(*post.post);
  }
  for (const PostToIndex& post : changed) gone.erase(post.id);
  for (const PostToIndex& post : older) {
    if (!post.stands) gone.insert(post.id);
  }
  return {gone.begin(), gone.end()};
}

// Each once: a statement stores a row once.
WordsOfPosts WordsOf(const std::vector<PostToIndex>& changed,
                     const std::vector<PostToIndex>& older) {
  std::map<PostId, const PostToIndex*> posts;
  for (const std::vector<PostToIndex>* list : {&older, &changed}) {
    for (const PostToIndex& post : *list) {
      if (post.stands) posts[post.id] = &post;
    }
  }
  WordsOfPosts words;
  for (const auto& [id, post] : posts) words.Add(*post);
  return words;
}

std::size_t BytesOf(const std::vector<PostToIndex>& posts) {
  std::size_t bytes = 0;
  for (const PostToIndex& post : posts) bytes += post.markdown.size();
  return bytes;
}

// Of one statement or transaction.
postgres::Context InTime() { return {.deadline = Deadline::After(absl::Seconds(5))}; }

// Moves the posts of the topics, which may be ten thousand each, in transactions of `count`: nobody
// who follows a log waits for all of them.
absl::Status MoveAll(decltype(MoveWords)& move, postgres::Database& database,
                     const std::vector<TopicId>& topics, int count) {
  int moved = topics.empty() ? 0 : count;
  while (moved == count) {
    GUILDHALL_ASSIGN(moved, move(database, InTime(), topics, count));
  }
  return absl::OkStatus();
}

// Learns all posts of a topic anew, in transactions of `count` while the progress is where it was
// seen: what another process has learned since is newer.
absl::Status LearnTopic(postgres::Database& database, const SearchProgress& seen, TopicId topic,
                        int count) {
  std::vector<PostToIndex> posts;
  for (PostPlace after{topic, 0}; after.topic == topic;) {
    GUILDHALL_ASSIGN(posts, ListPostsToIndex(database, InTime(), after, count));
    if (posts.empty()) break;
    while (posts.size() > 1 && BytesOf(posts) > SearchIndexer::kMostBytes) {
      posts.resize(posts.size() / 2);
    }
    after = posts.back().place;
    std::erase_if(posts, [&](const PostToIndex& post) { return post.place.topic != topic; });
    const WordsOfPosts words = WordsOf(posts, {});
    GUILDHALL_ASSIGN(
        const bool stored,
        database.Transact<bool>(InTime(), [&](postgres::Work& work) -> absl::StatusOr<bool> {
          GUILDHALL_ASSIGN(const bool held, MoveSearchProgress(work, seen, seen));
          if (held) words.Store(work);
          return held;
        }));
    if (!stored) break;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<int> SearchIndexer::RunOnce(absl::Time now) {
  if (now < rests_until_) return 0;
  const absl::StatusOr<int> taken = Take(at_once_, now);
  at_once_ = taken.ok() ? std::min(2 * at_once_, kAtOnce) : std::max(at_once_ / 2, 1);
  return taken;
}

absl::StatusOr<int> SearchIndexer::Take(int count, absl::Time time) {
  const postgres::Context reading = InTime();
  GUILDHALL_ASSIGN(const SearchProgress seen, GetSearchProgress(database_, reading));
  GUILDHALL_ASSIGN(const changelog::Page page,
                   changelog::ReadSettled(database_, reading, seen.position, count));
  SearchProgress now{page.end, seen.known};
  // What the log does not tell of is read anew.
  if (page.reset) now.known = PostPlace();
  Tidings tidings;
  for (const changelog::Entry& entry : page.entries) Hear(entry.change, tidings);
  GUILDHALL_ASSIGN(const std::vector<PostToIndex> changed,
                   GetPostsToIndex(database_, reading, tidings.posts));
  std::vector<PostToIndex> older;
  if (seen.known && !page.reset) {
    GUILDHALL_ASSIGN(older, ListPostsToIndex(database_, reading, *seen.known, count));
    const bool all = static_cast<int>(older.size()) < count;
    now.known = all ? std::nullopt : std::optional(older.back().place);
  }
  const bool nothing = page.entries.empty() && older.empty() && now.position == seen.position &&
                       now.known.has_value() == seen.known.has_value();
  if (nothing) return 0;
  if (count > 1 && BytesOf(changed) + BytesOf(older) > kMostBytes) return Take(count / 2, time);
  // First into the topics that they are in, then with these into other communities, and before
  // anything is forgotten with a topic that it has left.
  GUILDHALL_TRY(MoveAll(CarryWords, database_, tidings.changed_topics, count));
  GUILDHALL_TRY(MoveAll(MoveWords, database_, tidings.moved_topics, count));
  for (const TopicId topic : tidings.restored_topics) {
    GUILDHALL_TRY(LearnTopic(database_, seen, topic, count));
  }
  const WordsOfPosts words = WordsOf(changed, older);
  return database_.Transact<int>(InTime(), [&](postgres::Work& work) -> absl::StatusOr<int> {
    GUILDHALL_ASSIGN(const bool moved, MoveSearchProgress(work, seen, now));
    if (!moved) {
      rests_until_ = time + kRest;
      return 0;
    }
    words.Store(work);
    ForgetWords(work, GoneOf(tidings.posts, changed, older), tidings.gone_topics);
    return static_cast<int>(page.entries.size() + older.size());
  });
}

}  // namespace guildhall::discussions
