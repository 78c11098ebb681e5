#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  Fixture() { facts.SetRole(open, eve, Role::kModerator); }

  v1::CreateTopicRequest Request(v1::TopicKind kind) {
    v1::CreateTopicRequest request;
    request.set_parent(resources::Name(open));
    request.mutable_topic()->set_title("Bread");
    request.mutable_topic()->set_kind(kind);
    request.set_markdown("Which flour?");
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::StatusOr<v1::Topic> Create(MemberId who, const v1::CreateTopicRequest& request) {
    return Call<v1::Topic>(who, "CreateTopic", request);
  }
  absl::StatusOr<v1::Topic> Accept(MemberId who, const std::string& topic, int number) {
    v1::UpdateTopicRequest request;
    request.mutable_topic()->set_name(topic);
    request.mutable_topic()->set_accepted_post_number(number);
    request.mutable_update_mask()->add_paths("accepted_post_number");
    request.set_request_id(NewRequestId());
    return Call<v1::Topic>(who, "UpdateTopic", request);
  }
  absl::StatusOr<v1::Topic> AcceptAsModerator(MemberId who, const std::string& topic, int number) {
    v1::ModerateTopicRequest request;
    request.mutable_topic()->set_name(topic);
    request.mutable_topic()->set_accepted_post_number(number);
    request.mutable_update_mask()->add_paths("accepted_post_number");
    request.set_request_id(NewRequestId());
    return Call<v1::Topic>(who, "ModerationService/ModerateTopic", request);
  }
  absl::StatusOr<v1::Topic> Turn(MemberId who, const std::string& topic, v1::TopicKind kind,
                                 int accepted = 0) {
    v1::UpdateTopicRequest request;
    request.mutable_topic()->set_name(topic);
    request.mutable_topic()->set_kind(kind);
    request.mutable_update_mask()->add_paths("kind");
    request.mutable_topic()->set_accepted_post_number(accepted);
    request.mutable_update_mask()->add_paths("accepted_post_number");
    request.set_request_id(NewRequestId());
    return Call<v1::Topic>(who, "UpdateTopic", request);
  }
  v1::ListTopicsRequest Unanswered() {
    v1::ListTopicsRequest request;
    request.set_parent(resources::Name(open));
    request.set_filter(v1::TOPIC_FILTER_UNANSWERED);
    return request;
  }
  std::vector<std::string> UnansweredNames() {
    const auto page = Must(Call<v1::ListTopicsResponse>(ben, "ListTopics", Unanswered()));
    std::vector<std::string> names;
    for (const v1::Topic& topic : page.topics()) names.push_back(topic.name());
    return names;
  }
  absl::Status DeletePost(MemberId who, const v1::Post& post) {
    v1::DeletePostRequest request;
    request.set_name(post.name());
    request.set_request_id(NewRequestId());
    return Call<v1::DeletePostResponse>(who, "DeletePost", request).status();
  }
};

TEST_CASE_METHOD(Fixture, "a topic is a discussion unless it says otherwise") {
  CHECK(Open(ada, open).kind() == v1::TOPIC_KIND_DISCUSSION);
  const v1::Topic question = Ask(ada, open);
  CHECK(question.kind() == v1::TOPIC_KIND_QUESTION);
  CHECK(Must(GetTopic(ben, question.name())).SerializeAsString() == question.SerializeAsString());
  CHECK(Is(Create(ada, Request(static_cast<v1::TopicKind>(9))).status(),
           policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "who asked accepts an answer, another one, and none") {
  const std::string topic = Ask(ada, open).name();
  Post(ben, topic);
  Post(ben, topic);
  const v1::Topic answered = Must(Accept(ada, topic, 2));
  CHECK(answered.accepted_post_number() == 2);
  CHECK(Must(Accept(ada, topic, 3)).accepted_post_number() == 3);
  CHECK(Must(Accept(ada, topic, 0)).accepted_post_number() == 0);
  CHECK(Must(GetTopic(ben, topic)).accepted_post_number() == 0);
}

TEST_CASE_METHOD(Fixture, "who keeps order accepts an answer, other members do not") {
  const std::string topic = Ask(ada, open).name();
  Post(ben, topic);
  CHECK(Is(Accept(ben, topic, 2).status(), policy_reasons::kNotPermitted));
  CHECK(Is(AcceptAsModerator(ben, topic, 2).status(), policy_reasons::kNotPermitted));
  CHECK(Must(AcceptAsModerator(eve, topic, 2)).accepted_post_number() == 2);
}

TEST_CASE_METHOD(Fixture, "an answer is a post that stands, after the question") {
  const std::string topic = Ask(ada, open).name();
  const v1::Post gone = Post(ben, topic);
  REQUIRE(DeletePost(ben, gone).ok());
  for (const int number : {-1, 1, gone.number(), 3}) {
    CHECK(Is(Accept(ada, topic, number).status(), policy_reasons::kFieldInvalid));
  }
  const std::string discussion = Open(ada, open).name();
  Post(ben, discussion);
  CHECK(Is(Accept(ada, discussion, 2).status(), reasons::kNotAQuestion));
}

TEST_CASE_METHOD(Fixture, "a question whose answer is deleted or removed has none") {
  const std::string topic = Ask(ada, open).name();
  const v1::Post first = Post(ben, topic), second = Post(ben, topic);
  const v1::Topic answered = Must(Accept(ada, topic, first.number()));
  REQUIRE(DeletePost(ben, first).ok());
  const v1::Topic asked = Must(GetTopic(ben, topic));
  CHECK(asked.accepted_post_number() == 0);
  CHECK(asked.etag() != answered.etag());
  Must(Accept(ada, topic, second.number()));
  v1::RemovePostRequest removal;
  removal.set_name(second.name());
  removal.set_reason("Wrong.");
  removal.set_request_id(NewRequestId());
  database.Run("DELETE FROM change_log");
  Must(Call<v1::Removal>(eve, "ModerationService/RemovePost", removal));
  CHECK(UnansweredNames() == std::vector{topic});
  CHECK(database.Ask("SELECT string_agg(kind::text, ' ' ORDER BY n) FROM change_log") == "8 12 8");
}

TEST_CASE_METHOD(Fixture, "unanswered questions are listed alone, latest posts first, in pages") {
  const std::string answered = Ask(ada, open).name(), older = Ask(ada, open).name(),
                    newer = Ask(ada, open).name();
  Open(ada, open);
  clock.Advance(absl::Seconds(1));
  Post(ben, older);
  clock.Advance(absl::Seconds(1));
  Post(ben, answered);
  CHECK(UnansweredNames() == std::vector{answered, older, newer});
  Must(Accept(ada, answered, 2));
  CHECK(UnansweredNames() == std::vector{older, newer});
  v1::ListTopicsRequest request = Unanswered();
  request.set_page_size(1);
  const auto page = Must(Call<v1::ListTopicsResponse>(ben, "ListTopics", request));
  CHECK(page.topics(0).name() == older);
  request.set_page_token(page.next_page_token());
  const auto next = Must(Call<v1::ListTopicsResponse>(ben, "ListTopics", request));
  CHECK(next.topics(0).name() == newer);
  CHECK(next.next_page_token().empty());
  request = Unanswered();
  request.set_order(v1::TOPIC_ORDER_SCORE);
  CHECK(Is(Call<v1::ListTopicsResponse>(ben, "ListTopics", request).status(),
           policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture,
                 "who meant to ask makes a question of its discussion, and takes that back") {
  const v1::Topic topic = Open(ada, open);
  Post(ben, topic.name());
  const v1::Topic question = Must(Turn(ada, topic.name(), v1::TOPIC_KIND_QUESTION));
  CHECK(question.kind() == v1::TOPIC_KIND_QUESTION);
  CHECK(question.etag() != topic.etag());
  CHECK(UnansweredNames() == std::vector{topic.name()});
  CHECK(database.Ask("SELECT question_time IS NOT NULL AND unanswered_time IS NOT NULL "
                     "FROM kind_activity") == "t");
  Must(Accept(ada, topic.name(), 2));
  const v1::Topic talk = Must(Turn(ada, topic.name(), v1::TOPIC_KIND_UNSPECIFIED));
  CHECK(talk.kind() == v1::TOPIC_KIND_DISCUSSION);
  CHECK(talk.accepted_post_number() == 0);
  CHECK(UnansweredNames().empty());
  CHECK(Must(GetTopic(ben, topic.name())).SerializeAsString() == talk.SerializeAsString());
  CHECK(
      Is(Turn(ben, topic.name(), v1::TOPIC_KIND_QUESTION).status(), policy_reasons::kNotPermitted));
}

TEST_CASE_METHOD(Fixture, "a question comes about with its answer, also where posts come no more") {
  const std::string topic = Open(ada, open).name();
  Post(ben, topic);
  v1::ModerateTopicRequest closing;
  closing.mutable_topic()->set_name(topic);
  closing.mutable_topic()->set_closed(true);
  closing.mutable_update_mask()->add_paths("closed");
  closing.set_request_id(NewRequestId());
  Must(Call<v1::Topic>(eve, "ModerationService/ModerateTopic", closing));
  const v1::Topic answered = Must(Turn(ada, topic, v1::TOPIC_KIND_QUESTION, 2));
  CHECK(answered.accepted_post_number() == 2);
  CHECK(answered.closed());
  CHECK(Is(Turn(ada, topic, v1::TOPIC_KIND_DISCUSSION, 2).status(), reasons::kNotAQuestion));
  CHECK(Must(GetTopic(ben, topic)).accepted_post_number() == 2);
}

TEST_CASE_METHOD(Fixture, "an author makes no announcement, and nothing else of one") {
  const std::string topic = Open(ada, open).name();
  for (const auto kind : {v1::TOPIC_KIND_ANNOUNCEMENT, v1::TOPIC_KIND_PRAISE, v1::TOPIC_KIND_POLL,
                          static_cast<v1::TopicKind>(9)}) {
    CHECK(Is(Turn(ada, topic, kind).status(), policy_reasons::kFieldInvalid));
  }
  const std::string announced = Open(eve, open, "Closed", v1::TOPIC_KIND_ANNOUNCEMENT).name();
  CHECK(
      Is(Turn(eve, announced, v1::TOPIC_KIND_DISCUSSION).status(), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "an announcement comes from who keeps order") {
  CHECK(Is(Create(ada, Request(v1::TOPIC_KIND_ANNOUNCEMENT)).status(),
           policy_reasons::kNotPermitted));
  CHECK(Must(Create(eve, Request(v1::TOPIC_KIND_ANNOUNCEMENT))).kind() ==
        v1::TOPIC_KIND_ANNOUNCEMENT);
}

TEST_CASE_METHOD(Fixture, "a praise says whom it praises") {
  auto request = Request(v1::TOPIC_KIND_PRAISE);
  CHECK(Is(Create(ada, request).status(), policy_reasons::kFieldInvalid));
  request.mutable_topic()->add_praised_members(resources::Name(ben));
  const v1::Topic praise = Must(Create(ada, request));
  REQUIRE(praise.praised_members_size() == 1);
  CHECK(praise.praised_members(0) == resources::Name(ben));
  CHECK(Must(GetTopic(eve, praise.name())).SerializeAsString() == praise.SerializeAsString());
  request = Request(v1::TOPIC_KIND_PRAISE);
  request.mutable_topic()->add_praised_members("ben");
  CHECK(Is(Create(ada, request).status(), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "a praise names others than its author, when it is opened and for good") {
  auto request = Request(v1::TOPIC_KIND_PRAISE);
  request.mutable_topic()->add_praised_members(resources::Name(ben));
  const v1::Topic praise = Must(Create(ada, request));
  request = Request(v1::TOPIC_KIND_PRAISE);
  for (const MemberId who : {ben, ada}) {
    request.mutable_topic()->add_praised_members(resources::Name(who));
  }
  CHECK(Is(Create(ada, request).status(), reasons::kOwnPraise));
  CHECK(Must(Create(eve, request)).praised_members_size() == 2);

  v1::UpdateTopicRequest edit;
  edit.mutable_topic()->set_name(praise.name());
  edit.mutable_topic()->add_praised_members(resources::Name(ada));
  edit.mutable_update_mask()->add_paths("praised_members");
  edit.set_request_id(NewRequestId());
  CHECK(Is(Call<v1::Topic>(ada, "UpdateTopic", edit).status(), policy_reasons::kFieldInvalid));
}

}  // namespace
}  // namespace guildhall::discussions
