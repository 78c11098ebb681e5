#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  Fixture() { facts.SetRole(open, ben, Role::kModerator); }

  v1::Topic topic = Open(ada, open);

  v1::ModerateTopicRequest Request(std::set<std::string> paths, bool value = true) {
    v1::ModerateTopicRequest request;
    request.mutable_topic()->set_name(topic.name());
    request.mutable_topic()->set_pinned(value);
    request.mutable_topic()->set_closed(value);
    for (const std::string& path : paths) request.mutable_update_mask()->add_paths(path);
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::StatusOr<v1::Topic> Moderate(MemberId who, const v1::ModerateTopicRequest& request) {
    return Call<v1::Topic>(who, "ModerationService/ModerateTopic", request);
  }
  // The author's own way.
  absl::StatusOr<v1::Topic> SetClosed(MemberId who, bool closed) {
    v1::UpdateTopicRequest request;
    request.mutable_topic()->set_name(topic.name());
    request.mutable_topic()->set_closed(closed);
    request.mutable_update_mask()->add_paths("closed");
    request.set_request_id(NewRequestId());
    return Call<v1::Topic>(who, "UpdateTopic", request);
  }
  absl::Status TryPosting(MemberId who) {
    return Call<v1::Post>(who, "CreatePost", PostRequest(topic.name(), "Rye.")).status();
  }
};

TEST_CASE_METHOD(Fixture, "a pinned topic comes before newer ones, until it is taken down") {
  const std::string newer = Open(ada, open).name();
  CHECK(TopicsIn(eve, open) == std::vector{newer, topic.name()});
  const v1::Topic pinned = Must(Moderate(ben, Request({"pinned"})));
  CHECK(pinned.pinned());
  CHECK_FALSE(pinned.closed());
  CHECK(pinned.etag() != topic.etag());
  CHECK(TopicsIn(eve, open) == std::vector{topic.name(), newer});
  Must(Moderate(ben, Request({"pinned"}, false)));
  CHECK(TopicsIn(eve, open) == std::vector{newer, topic.name()});
}

TEST_CASE_METHOD(Fixture, "a topic that is pinned and closed already stays so, and by whom") {
  const v1::Topic first = Must(Moderate(ben, Request({"pinned", "closed"})));
  facts.SetRole(open, eve, Role::kModerator);
  const std::string log = "SELECT count(*) FROM change_log", before = database.Ask(log);
  const v1::Topic again = Must(Moderate(eve, Request({"pinned", "closed"})));
  CHECK(again.SerializeAsString() == first.SerializeAsString());
  CHECK(again.closer() == resources::Name(ben));
  CHECK(database.Ask(log) == before);
}

TEST_CASE_METHOD(Fixture, "pages go on after pinned topics, in both orders") {
  const std::vector<std::string> others = {Open(ada, open).name(), Open(ada, open).name()};
  Must(Moderate(ben, Request({"pinned"})));
  for (const auto order : {v1::TOPIC_ORDER_LATEST, v1::TOPIC_ORDER_SCORE}) {
    v1::ListTopicsRequest request;
    request.set_parent(resources::Name(open));
    request.set_order(order);
    request.set_page_size(1);
    std::vector<std::string> seen;
    do {
      const auto page = Must(Call<v1::ListTopicsResponse>(eve, "ListTopics", request));
      for (const v1::Topic& each : page.topics()) seen.push_back(each.name());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    REQUIRE(seen.size() == 3);
    CHECK(seen[0] == topic.name());
    CHECK(std::set(seen.begin() + 1, seen.end()) == std::set(others.begin(), others.end()));
  }
}

TEST_CASE_METHOD(Fixture, "a closed topic takes no posts, of anybody") {
  const v1::Topic closed = Must(Moderate(ben, Request({"closed"})));
  CHECK(closed.closed());
  CHECK(closed.closer() == resources::Name(ben));
  CHECK(Is(TryPosting(ada), reasons::kTopicClosed));
  CHECK(Is(TryPosting(ben), reasons::kTopicClosed));
  CHECK(Must(GetTopic(eve, topic.name())).last_post_number() == 1);
  CHECK(Must(Moderate(ben, Request({"closed"}, false))).closer().empty());
  CHECK(TryPosting(ada).ok());
}

TEST_CASE_METHOD(Fixture, "an author closes its topic and opens it again") {
  CHECK(Must(SetClosed(ada, true)).closer() == resources::Name(ada));
  CHECK(Is(TryPosting(ben), reasons::kTopicClosed));
  CHECK_FALSE(Must(SetClosed(ada, false)).closed());
  CHECK(TryPosting(ben).ok());
  CHECK(Is(SetClosed(ben, true).status(), policy_reasons::kNotPermitted));
}

TEST_CASE_METHOD(Fixture, "an author does not open what who keeps order has closed") {
  Must(Moderate(ben, Request({"closed"})));
  CHECK(Is(SetClosed(ada, false).status(), reasons::kClosedByModerator));
  // Nor by closing it once more.
  Must(SetClosed(ada, true));
  CHECK(Is(SetClosed(ada, false).status(), reasons::kClosedByModerator));
}

TEST_CASE_METHOD(Fixture, "who keeps order opens what its author has closed") {
  Must(SetClosed(ada, true));
  CHECK_FALSE(Must(Moderate(ben, Request({"closed"}, false))).closed());
}

TEST_CASE_METHOD(Fixture, "order is kept by moderators and owners, as the topic was read") {
  CHECK(Is(Moderate(ada, Request({"pinned"})).status(), policy_reasons::kNotPermitted));
  CHECK(Is(Moderate(eve, Request({"pinned"})).status(), policy_reasons::kNotPermitted));
  facts.SetRole(open, ben, Role::kOwner);
  auto request = Request({"pinned"});
  request.mutable_topic()->set_etag("\"stale\"");
  CHECK(Is(Moderate(ben, request).status(), policy_reasons::kEtagStale));
  request.mutable_topic()->set_etag(topic.etag());
  CHECK(Moderate(ben, request).ok());
}

TEST_CASE_METHOD(Fixture, "who keeps order gives a topic another title, as its author does") {
  auto request = Request({"title"});
  request.mutable_topic()->set_title("  Which flour for rye? ");
  const v1::Topic renamed = Must(Moderate(ben, request));
  CHECK(renamed.title() == "Which flour for rye?");
  CHECK(renamed.author() == topic.author());
  CHECK(renamed.etag() != topic.etag());
  CHECK(Must(GetTopic(eve, topic.name())).title() == renamed.title());
  // Its log tells that it was edited, and nothing of what it said.
  CHECK(database.Ask("SELECT count(*) FROM change_log WHERE kind = 8") == "1");
  request = Request({"title"});
  request.mutable_topic()->set_title(" \n ");
  CHECK(Is(Moderate(ben, request).status(), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "what was meant as a question becomes one, and without its answer none") {
  const auto becomes = [&](v1::TopicKind kind) {
    auto request = Request({"kind"});
    request.mutable_topic()->set_kind(kind);
    return Moderate(ben, request);
  };
  CHECK(Must(becomes(v1::TOPIC_KIND_QUESTION)).kind() == v1::TOPIC_KIND_QUESTION);
  Post(ada, topic.name());
  auto accept = Request({"accepted_post_number"});
  accept.mutable_topic()->set_accepted_post_number(2);
  CHECK(Must(Moderate(ben, accept)).accepted_post_number() == 2);
  const v1::Topic announced = Must(becomes(v1::TOPIC_KIND_ANNOUNCEMENT));
  CHECK(announced.kind() == v1::TOPIC_KIND_ANNOUNCEMENT);
  CHECK(announced.accepted_post_number() == 0);
  CHECK(Must(becomes(v1::TOPIC_KIND_UNSPECIFIED)).kind() == v1::TOPIC_KIND_DISCUSSION);
  // These come with more than a kind.
  for (const auto kind : {v1::TOPIC_KIND_PRAISE, v1::TOPIC_KIND_POLL}) {
    CHECK(Is(becomes(kind).status(), policy_reasons::kFieldInvalid));
  }
}

TEST_CASE_METHOD(Fixture, "the mask of who keeps order names no counts, and something") {
  CHECK(Is(Moderate(ben, Request({"last_post_number"})).status(), policy_reasons::kFieldInvalid));
  CHECK(Is(Moderate(ben, Request({})).status(), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "a topic that is pinned twice with one request is pinned once") {
  const auto request = Request({"pinned"});
  const std::string first = Must(Moderate(ben, request)).SerializeAsString();
  CHECK(Must(Moderate(ben, request)).SerializeAsString() == first);
  CHECK(database.Ask("SELECT count(*) FROM change_log WHERE kind = 8") == "1");
}

}  // namespace
}  // namespace guildhall::discussions
