#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  v1::Topic topic = Open(ada, open);
  v1::UpdateTopicRequest Request(const std::string& title, const std::string& etag = "") {
    v1::UpdateTopicRequest request;
    request.mutable_topic()->set_name(topic.name());
    request.mutable_topic()->set_title(title);
    request.mutable_topic()->set_etag(etag);
    request.mutable_update_mask()->add_paths("title");
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::StatusOr<v1::Topic> Update(MemberId who, const v1::UpdateTopicRequest& request) {
    return Call<v1::Topic>(who, "UpdateTopic", request);
  }
};

TEST_CASE_METHOD(Fixture, "the author of a topic edits its title, as a new version") {
  const v1::Topic edited = Must(Update(ada, Request("Rye bread", topic.etag())));
  CHECK(edited.title() == "Rye bread");
  CHECK(edited.etag() != topic.etag());
  CHECK(Must(GetTopic(ada, topic.name())).SerializeAsString() == edited.SerializeAsString());
}

TEST_CASE_METHOD(Fixture, "who sets what a topic has already edits nothing") {
  const std::string log = "SELECT count(*) FROM change_log", before = database.Ask(log);
  auto request = Request("  " + topic.title() + " ", topic.etag());
  request.mutable_update_mask()->add_paths("closed");
  CHECK(Must(Update(ada, request)).SerializeAsString() == topic.SerializeAsString());
  CHECK(Must(GetTopic(ada, topic.name())).SerializeAsString() == topic.SerializeAsString());
  CHECK(database.Ask(log) == before);
  CHECK(Is(Update(ada, Request(topic.title(), "stale")).status(), policy_reasons::kEtagStale));
}

TEST_CASE_METHOD(Fixture, "of two edits of the same version one is stale") {
  Must(Update(ada, Request("Rye bread", topic.etag())));
  CHECK(Is(Update(ada, Request("Spelt", topic.etag())).status(), policy_reasons::kEtagStale));
  CHECK(Is(Update(ada, Request("Spelt", "forged")).status(), policy_reasons::kEtagStale));
  CHECK(Must(GetTopic(ada, topic.name())).title() == "Rye bread");
  CHECK(Must(Update(ada, Request("Spelt"))).title() == "Spelt");
}

TEST_CASE_METHOD(Fixture, "a topic's update mask names the title and nothing else") {
  auto request = Request("Rye");
  request.mutable_update_mask()->add_paths("author");
  CHECK(Is(Update(ada, request).status(), policy_reasons::kFieldInvalid));
  request.clear_update_mask();
  CHECK(Is(Update(ada, request).status(), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "a topic's title is edited by its author alone") {
  CHECK(Is(Update(ben, Request("Mine")).status(), policy_reasons::kNotPermitted));
  CHECK(Is(Update(ada, Request("")).status(), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "a posted reply does not make an edit stale") {
  Post(ben, topic.name());
  const v1::Topic edited = Must(Update(ada, Request("Rye", topic.etag())));
  CHECK(edited.last_post_number() == 2);
}

}  // namespace
}  // namespace guildhall::discussions
