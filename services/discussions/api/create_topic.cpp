#include "guildhall/change/v1/change.pb.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/writing.h"

namespace guildhall::discussions {
namespace {

Topic NewTopic(Discussions& discussions, const rpc::Call& call, std::string title) {
  Topic topic;
  topic.id = TopicId(NewUuidV7(call.now(), discussions.random));
  topic.community = *call.grant().community();
  topic.author = call.grant().member();
  topic.title = std::move(title);
  return topic;
}

}  // namespace

absl::StatusOr<v1::Topic> CreateTopic(Discussions& discussions, const rpc::Call& call,
                                      const v1::CreateTopicRequest& request) {
  GUILDHALL_ASSIGN(std::string title, TitleFrom("topic.title", request.topic().title()));
  GUILDHALL_TRY(RenderNew("markdown", request.markdown()).status());
  Topic topic = NewTopic(discussions, call, std::move(title));
  GUILDHALL_ASSIGN(const Post first,
                   AddPost(topic, ContributionOf(discussions, call, request.markdown())));
  topic.create_time = first.create_time;
  const Permit permit(call);
  const Touch touch(discussions, topic.id, permit);
  return idempotency::Once<v1::Topic>(discussions.database, call.context(),
                                      call.OnceKey(request.request_id()),
                                      [&](postgres::Work& work) -> absl::StatusOr<v1::Topic> {
                                        InsertTopic(work, topic, first);
                                        AppendChange(work, change::v1::KIND_TOPIC_CREATED, topic);
                                        AppendChange(work, change::v1::KIND_POST_CREATED, first);
                                        return ToProto(topic);
                                      });
}

}  // namespace guildhall::discussions
