#pragma once

#include <limits>
#include <optional>
#include <span>
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

// The topics of ids (which may repeat), in their order; nothing where there is none, or none any
// more. One statement. It guards nothing: for the engine, which decides about each row before
// anybody gets it.
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

// The lists of topics of the grant's community.
//
// Each is one range scan of one index, at most 60 buffers for 30 topics. Fail with
// DEPENDENCY_AWAY, DEADLINE_PASSED or CANCELLED.
class TopicStore {
 public:
  explicit TopicStore(postgres::Database& database) : database_(database) {}

  // Up to `count` topics, pinned ones and then those with the latest posts first.
  absl::StatusOr<std::vector<Topic>> ListLatest(const postgres::Context& context,
                                                const access::Grant& grant,
                                                const LatestPosition& after, int count) const;

  // Up to `count` topics, pinned ones and then by score.
  absl::StatusOr<std::vector<Topic>> ListTop(const postgres::Context& context,
                                             const access::Grant& grant, const ScorePosition& after,
                                             int count) const;

  // Up to `count` questions without an accepted answer, those with the latest posts first, pinned
  // or not.
  absl::StatusOr<std::vector<Topic>> ListUnanswered(const postgres::Context& context,
                                                    const access::Grant& grant,
                                                    const LatestPosition& after, int count) const;

 private:
  postgres::Database& database_;
};

}  // namespace guildhall::discussions
