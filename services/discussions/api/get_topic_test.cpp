#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

TEST_CASE_METHOD(ApiFixture, "a topic is read by whoever may read its community") {
  const v1::Topic topic = Open(ada, open);
  CHECK(Must(GetTopic(eve, topic.name())).title() == "Bread");
}

TEST_CASE_METHOD(ApiFixture, "what is hidden, deleted or never was is told in the same words") {
  const std::string never = Told(GetTopic(eve, resources::Name(TopicId(Numbered(99)))).status());
  CHECK(Told(GetTopic(eve, Open(ada, secret).name()).status()) == never);
  const v1::Topic deleted = Open(ada, open);
  v1::DeleteTopicRequest request;
  request.set_name(deleted.name());
  request.set_request_id(NewRequestId());
  Must(Call<v1::DeleteTopicResponse>(ada, "DeleteTopic", request));
  CHECK(Told(GetTopic(eve, deleted.name()).status()) == never);
  CHECK(Told(GetTopic(ada, deleted.name()).status()) == never);
  CHECK(Is(GetTopic(ada, deleted.name()).status(), policy_reasons::kNotFound));
}

}  // namespace
}  // namespace guildhall::discussions
