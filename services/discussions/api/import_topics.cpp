#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
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

}  // namespace

absl::StatusOr<v1::ImportTopicsResponse> ImportTopics(Discussions& discussions,
                                                      const rpc::Call& call,
                                                      const v1::ImportTopicsRequest& request) {
  if (request.topics_size() > kMaxImportedTopics) {
    return WrongField("topics", absl::StrCat("takes at most ", kMaxImportedTopics));
  }
  std::vector<Topic> topics;
  for (const v1::ImportedTopic& imported : request.topics()) {
    const std::string field = absl::StrCat("topics[", topics.size(), "]");
    GUILDHALL_ASSIGN(topics.emplace_back(), TopicFrom(field, imported, call.now()));
  }
  return discussions.database.Transact<v1::ImportTopicsResponse>(
      call.context(), [&](postgres::Work& work) -> absl::StatusOr<v1::ImportTopicsResponse> {
        // Nobody sees them yet: their first posts bring the change.
        GUILDHALL_ASSIGN(const int created, ImportTopics(work, topics));
        v1::ImportTopicsResponse response;
        response.set_created_count(created);
        return response;
      });
}

}  // namespace guildhall::discussions
