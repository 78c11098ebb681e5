#include <set>

#include "absl/strings/str_cat.h"
#include "guildhall/change/v1/change.pb.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "libs/rpc/import_outcomes.h"
#include "libs/rpc/times.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/import_writes.h"

namespace guildhall::discussions {
namespace {

absl::StatusOr<Topic> TopicFrom(const std::string& field, const v1::ImportedTopic& imported,
                                absl::Time now) {
  Topic topic;
  GUILDHALL_ASSIGN(topic.id, resources::ParseTopic(field + ".name", imported.name()));
  GUILDHALL_TRY(CheckImportedId(field + ".name", topic.id.uuid()));
  GUILDHALL_ASSIGN(topic.community,
                   resources::ParseCommunity(field + ".community", imported.community()));
  GUILDHALL_ASSIGN(topic.title, ImportedTitle(field + ".title", imported.title()));
  GUILDHALL_ASSIGN(topic.author, resources::ParseMember(field + ".author", imported.author()));
  GUILDHALL_ASSIGN(topic.create_time,
                   rpc::TimeFrom(field + ".create_time", imported.create_time()));
  GUILDHALL_TRY(CheckImportedTime(field + ".create_time", topic.create_time, now));
  topic.score = Score(0, topic.create_time);
  GUILDHALL_ASSIGN(topic.kind, TopicKindFrom(field + ".kind", imported.kind()));
  if (topic.kind == TopicKind::kPoll) {
    return WrongField(field + ".kind", "is a poll, which an import cannot bring");
  }
  GUILDHALL_ASSIGN(topic.praised,
                   PraisedFrom(field + ".praised_members", imported.praised_members(), topic.kind));
  topic.pinned = imported.pinned();
  if (!imported.closer().empty()) {
    GUILDHALL_ASSIGN(topic.closer, resources::ParseMember(field + ".closer", imported.closer()));
  }
  return topic;
}

// What stands follows its source; topics without posts, which nobody sees, tell nothing of it.
// `touched` gets the tags of the replies that may hold it.
std::vector<ImportTarget> Follow(std::span<const Topic> topics, ImportTargets& targets,
                                 std::vector<ImportOutcome*> outcomes, cache::Tags& touched,
                                 std::vector<changelog::Change>& changes) {
  std::vector<ImportTarget> following;
  for (std::size_t i = 0; i < topics.size(); ++i) {
    const auto found = targets.find(topics[i].id);
    if (found == targets.end()) continue;
    ImportTarget& target = found->second;
    FollowingTopic decided = FollowTopic(topics[i], target);
    *outcomes[i] = std::move(decided.outcome);
    if (decided.edited || decided.marked) following.push_back(target);
    if (!decided.edited || target.topic.last_post_number == 0) continue;
    touched.push_back(target.topic.id.uuid());
    touched.push_back(target.topic.community.uuid());
    changes.push_back({.kind = change::v1::KIND_TOPIC_UPDATED,
                       .key = target.topic.id.uuid(),
                       .resource = target.topic.id.uuid(),
                       .version = target.topic.version,
                       .origin = changelog::Origin::kImport});
  }
  return following;
}

// A request as far as it can be taken, and what becomes of each record.
struct Asked {
  std::vector<Topic> topics;
  std::vector<int> places;
  std::vector<ImportOutcome> outcomes;
  bool follows = false;
  bool validate_only = false;

  bool answers_outcomes() const { return follows || validate_only; }
};

absl::StatusOr<Asked> AskedOf(const v1::ImportTopicsRequest& request, absl::Time now) {
  Asked asked{.outcomes = std::vector<ImportOutcome>(request.topics_size()),
              .follows = request.follow_source(),
              .validate_only = request.validate_only()};
  std::set<TopicId> seen;
  for (int place = 0; place < request.topics_size(); ++place) {
    const std::string field = absl::StrCat("topics[", place, "]");
    absl::StatusOr<Topic> topic = TopicFrom(field, request.topics(place), now);
    if (topic.ok() && asked.answers_outcomes() && !seen.insert(topic->id).second) {
      asked.outcomes[place] = RefusedAlone(WrongField(field + ".name", "comes twice"));
    } else if (topic.ok()) {
      asked.topics.push_back(*std::move(topic));
      asked.places.push_back(place);
    } else if (asked.follows) {
      asked.outcomes[place] = RefusedAlone(topic.status());
    } else {
      return topic.status();
    }
  }
  return asked;
}

absl::StatusOr<int> Import(postgres::Work& work, Asked& asked, cache::Tags& touched) {
  ImportTargets targets;
  if (asked.answers_outcomes()) {
    std::vector<TopicId> ids;
    for (const Topic& topic : asked.topics) ids.push_back(topic.id);
    GUILDHALL_ASSIGN(targets, LockTargets(work, ids));
  }
  std::vector<ImportOutcome*> outcomes;
  std::vector<Topic> missing;
  for (std::size_t i = 0; i < asked.topics.size(); ++i) {
    outcomes.push_back(&asked.outcomes[asked.places[i]]);
    if (targets.contains(asked.topics[i].id)) continue;
    missing.push_back(asked.topics[i]);
    *outcomes.back() = {.result = ImportResult::kCreated};
    if (!asked.validate_only) outcomes.back()->content_hash = ContentOf(asked.topics[i]);
  }
  std::vector<changelog::Change> changes;
  const std::vector<ImportTarget> following =
      Follow(asked.topics, targets, std::move(outcomes), touched, changes);
  if (asked.validate_only) return static_cast<int>(missing.size());
  if (asked.follows) StoreFollowingTopics(work, following);
  // Nobody sees them yet: their first posts bring the change.
  GUILDHALL_ASSIGN(const int created, ImportTopics(work, missing));
  changelog::Append(work, changes);
  return created;
}

}  // namespace

absl::StatusOr<v1::ImportTopicsResponse> ImportTopics(Discussions& discussions,
                                                      const rpc::Call& call,
                                                      const v1::ImportTopicsRequest& request) {
  if (request.topics_size() > kMaxImportedTopics) {
    return WrongField("topics", absl::StrCat("takes at most ", kMaxImportedTopics));
  }
  GUILDHALL_ASSIGN(Asked asked, AskedOf(request, call.now()));
  cache::Tags touched;
  const absl::StatusOr<int> created = discussions.database.Transact<int>(
      call.context(), [&](postgres::Work& work) { return Import(work, asked, touched); });
  discussions.replies.Invalidate(touched);
  if (!created.ok()) return created.status();
  v1::ImportTopicsResponse response;
  response.set_created_count(*created);
  if (!asked.answers_outcomes()) return response;
  for (const ImportOutcome& outcome : asked.outcomes) rpc::Put(outcome, *response.add_outcomes());
  return response;
}

}  // namespace guildhall::discussions
