#include <optional>
#include <utility>

#include "guildhall/change/v1/change.pb.h"
#include "libs/base/refusal.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/mentioning.h"
#include "services/discussions/api/polling.h"
#include "services/discussions/api/writing.h"
#include "services/discussions/domain/tag.h"

namespace guildhall::discussions {
namespace {

absl::StatusOr<Topic> NewTopic(Discussions& discussions, const rpc::Call& call,
                               const v1::Topic& asked) {
  Topic topic;
  topic.id = TopicId(NewUuidV7(call.now(), discussions.random));
  topic.community = *call.grant().community();
  topic.author = call.grant().member();
  GUILDHALL_ASSIGN(topic.title, TitleFrom("topic.title", asked.title()));
  GUILDHALL_ASSIGN(topic.kind, TopicKindFrom("topic.kind", asked.kind()));
  GUILDHALL_ASSIGN(topic.praised,
                   PraisedFrom("topic.praised_members", asked.praised_members(), topic.kind));
  GUILDHALL_TRY(CheckPraising(topic.author, topic.praised));
  GUILDHALL_ASSIGN(topic.tags, TagsFrom("topic.tags", asked.tags()));
  return topic;
}

// The poll of a topic that is a poll, and of no other.
absl::StatusOr<std::optional<Poll>> NewPoll(const Topic& topic,
                                            const v1::CreateTopicRequest& request) {
  if (topic.kind != TopicKind::kPoll) {
    if (request.has_poll()) return WrongField("poll", "is for TOPIC_KIND_POLL");
    return std::optional<Poll>();
  }
  GUILDHALL_ASSIGN(Poll poll, PollFrom("poll", request.poll()));
  poll.topic = topic.id;
  return std::optional(std::move(poll));
}

// OK when the caller may open a topic of this kind where it may open one.
absl::Status CheckKind(Discussions& discussions, const rpc::Call& call, TopicKind kind) {
  if (kind != TopicKind::kAnnouncement) return absl::OkStatus();
  const access::Demand demand{.permission = access::Permission::kContentModerate,
                              .community = call.grant().community()};
  return discussions.authorizer.AuthorizeAndWait(demand, call.caller(), call.deadline()).status();
}

}  // namespace

absl::StatusOr<v1::Topic> CreateTopic(Discussions& discussions, const rpc::Call& call,
                                      const v1::CreateTopicRequest& request) {
  GUILDHALL_ASSIGN(Topic topic, NewTopic(discussions, call, request.topic()));
  GUILDHALL_ASSIGN(const std::optional<Poll> poll, NewPoll(topic, request));
  GUILDHALL_ASSIGN(const std::string html, RenderNew("markdown", request.markdown()));
  GUILDHALL_ASSIGN(const Mentioning mentioning,
                   Mentioning::Of(discussions, call, "markdown", html));
  GUILDHALL_TRY(CheckKind(discussions, call, topic.kind));
  GUILDHALL_ASSIGN(const Post first,
                   AddPost(topic, ContributionOf(discussions, call, request.markdown())));
  topic.create_time = first.create_time;
  const Permit permit(call);
  const Touch touch(discussions, topic.id, permit);
  return idempotency::Once<v1::Topic>(
      discussions.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Topic> {
        if (poll) GUILDHALL_TRY(CheckCloseTime("poll.close_time", *poll, call.now()));
        InsertTopic(work, topic, first);
        if (poll) InsertPoll(work, *poll);
        AppendChange(work, change::v1::KIND_TOPIC_CREATED, topic);
        AppendChange(work, change::v1::KIND_POST_CREATED, first);
        GUILDHALL_TRY(mentioning.Store(work, first, topic.community));
        return ToProto(topic);
      });
}

}  // namespace guildhall::discussions
