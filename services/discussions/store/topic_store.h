#pragma once

#include <limits>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

// The id after which nothing stands in lists that go down.
TopicId BeforeAllTopics();

// Where the list of latest topics goes on: after the pinned or the others, this time and id. Empty:
// at the beginning.
struct LatestPosition {
  bool pinned = true;
  absl::Time last_post_time = absl::InfiniteFuture();
  TopicId id = BeforeAllTopics();
};

// The same for the list by score.
struct ScorePosition {
  bool pinned = true;
  double score = std::numeric_limits<double>::infinity();
  TopicId id = BeforeAllTopics();
};

// The same for the list of those that were opened last.
struct NewestPosition {
  absl::Time create_time = absl::InfiniteFuture();
  TopicId id = BeforeAllTopics();
};

// The topics of ids (which may repeat), in their order; nothing where there is none, or none any
// more. One statement. It guards nothing: whoever calls (the engine, BatchGetTopics) decides about
// each row by its community before anybody gets it.
absl::StatusOr<std::vector<std::optional<Topic>>> GetTopics(postgres::Database& database,
                                                            const postgres::Context& context,
                                                            std::span<const TopicId> ids);

// A topic, or the one that it was merged into.
struct NamedTopic {
  Topic topic;
  bool merged = false;
};

// The same, and by the names of topics that were merged the ones into which they were: two
// statements more where something is not found.
absl::StatusOr<std::vector<std::optional<NamedTopic>>> GetNamedTopics(
    postgres::Database& database, const postgres::Context& context, std::span<const TopicId> ids);

// A stretch of a list of a community's topics: up to `count` of them, after a position. Made from
// the decision that lets its caller read there, which it outlives: those of concurrent calls are
// read together.
class TopicStretch {
 public:
  // Pinned ones and then those with the latest posts first.
  static TopicStretch Latest(const access::Grant& grant, const LatestPosition& after, int count);
  // Pinned ones and then by score.
  static TopicStretch Top(const access::Grant& grant, const ScorePosition& after, int count);
  // Questions without an accepted answer, those with the latest posts first, pinned or not.
  static TopicStretch Unanswered(const access::Grant& grant, const LatestPosition& after,
                                 int count);
  // Those of one kind, those with the latest posts first, pinned or not.
  static TopicStretch OfKind(const access::Grant& grant, TopicKind kind,
                             const LatestPosition& after, int count);
  // Those that were opened last first, pinned or not.
  static TopicStretch Newest(const access::Grant& grant, const NewestPosition& after, int count);

  // Adds the statement that reads it.
  void AddTo(postgres::ReadBatch& batch) const;

 private:
  struct UnansweredAfter : LatestPosition {};
  struct KindAfter : LatestPosition {
    TopicKind kind;
  };
  using After =
      std::variant<LatestPosition, ScorePosition, UnansweredAfter, KindAfter, NewestPosition>;
  TopicStretch(const access::Grant& grant, After after, int count);

  CommunityId community_;
  After after_;
  int count_;
};

// The topics of each stretch. One round trip for all, and for each one range scan of one index, at
// most 60 buffers for 30 topics. Fails with DEPENDENCY_AWAY, DEADLINE_PASSED or CANCELLED.
absl::StatusOr<std::vector<std::vector<Topic>>> ReadStretches(
    postgres::Database& database, const postgres::Context& context,
    std::span<const TopicStretch> stretches);

}  // namespace guildhall::discussions
