#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  absl::StatusOr<v1::ListTopicsResponse> List(MemberId who, const v1::ListTopicsRequest& request) {
    return Call<v1::ListTopicsResponse>(who, "ListTopics", request);
  }
  v1::ListTopicsRequest Request(CommunityId where, int page_size = 0,
                                v1::TopicOrder order = v1::TOPIC_ORDER_LATEST) {
    v1::ListTopicsRequest request;
    request.set_parent(resources::Name(where));
    request.set_page_size(page_size);
    request.set_order(order);
    return request;
  }
  // All titles, read page by page.
  std::vector<std::string> Titles(v1::ListTopicsRequest request) {
    std::vector<std::string> titles;
    do {
      const v1::ListTopicsResponse page = Must(List(ada, request));
      for (const v1::Topic& topic : page.topics()) titles.push_back(topic.title());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return titles;
  }
  void OpenThree() {
    for (const char* title : {"one", "two", "three"}) {
      clock.Advance(absl::Minutes(1));
      topics[title] = Open(ada, open, title).name();
    }
  }

  std::map<std::string, std::string> topics;
};

using Names = std::vector<std::string>;

TEST_CASE_METHOD(Fixture, "topics with the latest posts come first, page by page") {
  OpenThree();
  clock.Advance(absl::Minutes(1));
  Post(ben, topics["one"]);
  for (const int size : {1, 2, 3, 30})
    CHECK(Titles(Request(open, size)) == Names{"one", "three", "two"});
}

TEST_CASE_METHOD(Fixture, "topics with many posts come first by score, page by page") {
  OpenThree();
  for (int i = 0; i < 4; ++i) Post(ben, topics["two"]);
  for (const int size : {1, 2, 3, 30}) {
    CHECK(Titles(Request(open, size, v1::TOPIC_ORDER_SCORE)) == Names{"two", "three", "one"});
  }
}

TEST_CASE_METHOD(Fixture, "what was opened last comes first when asked, page by page") {
  OpenThree();
  Post(ben, topics["one"]);
  database.Run("UPDATE topics SET pinned = true WHERE title = 'two'");
  for (const int size : {1, 2, 3, 30}) {
    CHECK(Titles(Request(open, size, v1::TOPIC_ORDER_NEWEST)) == Names{"three", "two", "one"});
  }
}

TEST_CASE_METHOD(Fixture, "topics of one kind come alone, latest posts first, page by page") {
  facts.SetRole(open, ada, Role::kModerator);
  const auto open_later = [&](const std::string& title, v1::TopicKind kind) {
    clock.Advance(absl::Minutes(1));
    return Open(ada, open, title, kind).name();
  };
  const std::string first = open_later("first", v1::TOPIC_KIND_QUESTION);
  open_later("talk", v1::TOPIC_KIND_DISCUSSION);
  open_later("second", v1::TOPIC_KIND_QUESTION);
  open_later("news", v1::TOPIC_KIND_ANNOUNCEMENT);
  open_later("third", v1::TOPIC_KIND_QUESTION);
  clock.Advance(absl::Minutes(1));
  Post(ben, first);
  database.Run("UPDATE topics SET pinned = true WHERE title = 'second'");
  for (const int size : {1, 2, 3, 30}) {
    v1::ListTopicsRequest request = Request(open, size);
    request.set_kind(v1::TOPIC_KIND_QUESTION);
    CHECK(Titles(request) == Names{"first", "third", "second"});
    request.set_kind(v1::TOPIC_KIND_DISCUSSION);
    CHECK(Titles(request) == Names{"talk"});
    request.set_kind(v1::TOPIC_KIND_ANNOUNCEMENT);
    CHECK(Titles(request) == Names{"news"});
    request.set_kind(v1::TOPIC_KIND_POLL);
    CHECK(Titles(request).empty());
  }
}

TEST_CASE_METHOD(Fixture, "a kind is of the contract, and goes with no other order or filter") {
  v1::ListTopicsRequest request = Request(open, 1);
  request.set_kind(static_cast<v1::TopicKind>(9));
  CHECK(Is(List(ada, request).status(), policy_reasons::kFieldInvalid));
  request.set_kind(v1::TOPIC_KIND_QUESTION);
  for (const v1::TopicOrder order : {v1::TOPIC_ORDER_SCORE, v1::TOPIC_ORDER_NEWEST}) {
    request.set_order(order);
    CHECK(Is(List(ada, request).status(), policy_reasons::kFieldInvalid));
  }
  request.set_order(v1::TOPIC_ORDER_LATEST);
  request.set_filter(v1::TOPIC_FILTER_UNANSWERED);
  CHECK(Is(List(ada, request).status(), policy_reasons::kFieldInvalid));
  request.set_filter(v1::TOPIC_FILTER_UNSPECIFIED);
  OpenThree();
  request.clear_kind();
  request.set_page_token(Must(List(ada, request)).next_page_token());
  request.set_kind(v1::TOPIC_KIND_DISCUSSION);
  CHECK(Is(List(ada, request).status(), policy_reasons::kPageTokenInvalid));
}

TEST_CASE_METHOD(Fixture, "a page holds 30 unless asked, and never more than 100") {
  for (int i = 0; i < 101; ++i) Open(ada, open);
  CHECK(Must(List(ada, Request(open))).topics_size() == 30);
  const auto most = Must(List(ada, Request(open, 500)));
  CHECK(most.topics_size() == 100);
  CHECK_FALSE(most.next_page_token().empty());
  CHECK(Is(List(ada, Request(open, -1)).status(), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture,
                 "a page token is good for its list and its order alone, for whoever may read it") {
  OpenThree();
  v1::ListTopicsRequest request = Request(open, 1);
  const std::string token = Must(List(ada, request)).next_page_token();
  const auto with = [&](MemberId who, v1::ListTopicsRequest other, std::string other_token) {
    other.set_page_token(std::move(other_token));
    return List(who, other).status();
  };
  CHECK(with(ada, request, token).ok());
  CHECK(with(ada, Request(open, 2), token).ok());
  CHECK(with(ben, request, token).ok());
  CHECK(Is(with(ada, Request(closed, 1), token), policy_reasons::kPageTokenInvalid));
  CHECK(Is(with(ada, Request(open, 1, v1::TOPIC_ORDER_SCORE), token),
           policy_reasons::kPageTokenInvalid));
  std::string forged = token;
  forged[forged.size() / 2] ^= 1;
  CHECK(Is(with(ada, request, forged), policy_reasons::kPageTokenInvalid));
  CHECK(Is(with(ada, request, "x"), policy_reasons::kPageTokenInvalid));
}

TEST_CASE_METHOD(Fixture, "an order that nobody knows is refused") {
  CHECK(Is(List(ada, Request(open, 0, static_cast<v1::TopicOrder>(7))).status(),
           policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture,
                 "the topics of a CLOSED community are its members', a SECRET one is not there") {
  CHECK(Is(List(eve, Request(closed)).status(), policy_reasons::kNotPermitted));
  CHECK(Told(List(eve, Request(secret)).status()) ==
        Told(List(eve, Request(CommunityId(Numbered(99)))).status()));
  CHECK(Must(List(ada, Request(secret))).topics_size() == 0);
}

}  // namespace
}  // namespace guildhall::discussions
