#include "services/discussions/api/searching_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : SearchingFixture {
  v1::Topic topic = Open(ada, open, "Untitled");
};

TEST_CASE_METHOD(Fixture, "a post is found by its words, in whatever case and inflection") {
  const v1::Post post = Post(ada, topic.name(), "The *bakers* were kneading Größe 42");
  Post(ada, topic.name(), "Nothing of the kind");
  for (const char* query : {"BAKER", "kneads", "grosse", "42", "baker kneading"}) {
    INFO(query);
    CHECK(Finds(query, post));
  }
  CHECK(Names(ada, "baker nothing").empty());
}

TEST_CASE_METHOD(Fixture, "a result says where it stands, and shows a line of it") {
  const v1::Post post = Post(ben, topic.name(), "First\n\nthe **second** line");
  Index();
  const auto response = Must(Search(ada, Request("second")));
  REQUIRE(response.results_size() == 1);
  const v1::SearchResult& result = response.results(0);
  CHECK(result.post() == post.name());
  CHECK(result.number() == 2);
  CHECK(result.community() == resources::Name(open));
  CHECK(result.title() == "Untitled");
  CHECK(result.author() == resources::Name(ben));
  CHECK(result.excerpt() == "First the second line");
  REQUIRE(result.excerpt_matches_size() == 1);
  CHECK(result.excerpt_matches(0).offset() == 10);
  CHECK(result.excerpt_matches(0).length() == 6);
  CHECK(result.title_matches_size() == 0);
}

TEST_CASE_METHOD(Fixture, "a phrase is found as it is written, and exclusion excludes") {
  const v1::Post one = Post(ada, topic.name(), "dark rye bread");
  const v1::Post other = Post(ada, topic.name(), "rye, dark; bread");
  CHECK(Finds("\"dark rye\"", one));
  CHECK(Finds("dark -\"dark rye\"", other));
  CHECK(Names(ada, "dark -rye").empty());
}

TEST_CASE_METHOD(Fixture, "Chinese and Japanese words are found within sentences") {
  const v1::Post chinese = Post(ada, topic.name(), "我喜欢面包");
  const v1::Post korean = Post(ada, topic.name(), "빵을 굽다");
  CHECK(Finds("面包", chinese));
  CHECK(Finds("굽다", korean));
}

TEST_CASE_METHOD(Fixture, "the title is looked through with the first post") {
  const v1::Topic named = Open(ada, open, "Zwieback");
  CHECK(Names(ada, "zwieback").size() == 1);
  v1::UpdateTopicRequest request;
  request.mutable_topic()->set_name(named.name());
  request.mutable_topic()->set_title("Biscuit");
  request.mutable_update_mask()->add_paths("title");
  request.set_request_id(NewRequestId());
  Must(Call<v1::Topic>(ada, "UpdateTopic", request));
  CHECK(Names(ada, "zwieback").empty());
  CHECK(Names(ada, "biscuit").size() == 1);
}

TEST_CASE_METHOD(Fixture, "operators narrow by place, author and day") {
  const v1::Post adas = Post(ada, topic.name(), "rye"), bens = Post(ben, topic.name(), "rye");
  const v1::Post elsewhere = Post(ada, Open(ada, secret, "Untitled").name(), "rye");
  CHECK(Names(ada, "rye").size() == 3);
  CHECK(Finds("rye from:" + resources::Name(ben), bens));
  CHECK(Finds("rye in:" + resources::Name(secret), elsewhere));
  CHECK(Names(ada, "rye before:2000-01-01").empty());
  CHECK(Names(ada, "rye before:2999-01-01").size() == 3);
  CHECK(Names(ada, "rye after:2999-01-01").empty());
  CHECK(Names(ada, "rye after:2000-01-01").size() == 3);
}

TEST_CASE_METHOD(Fixture, "nothing is found but what the caller may read") {
  Post(ada, Open(ada, secret, "Untitled").name(), "canary");
  Post(ada, Open(ada, closed, "Untitled").name(), "canary");
  CHECK(Names(ada, "canary").size() == 2);
  CHECK(Names(eve, "canary").empty());
  // Word for word as if nothing of it existed.
  const std::string seen = Must(Search(eve, Request("canary"))).SerializeAsString();
  v1::SearchPostsRequest unknown;
  unknown.set_query("canary");
  unknown.add_communities(resources::Name(CommunityId(Numbered(98))));
  CHECK(Must(Search(eve, unknown)).SerializeAsString() == seen);
  facts.SetRole(secret, ada, Role::kNone);
  CHECK(Names(ada, "canary").size() == 1);
}

TEST_CASE_METHOD(Fixture, "what is edited, deleted or removed is found no more") {
  v1::Post post = Post(ada, topic.name(), "spelt");
  CHECK(Finds("spelt", post));
  v1::UpdatePostRequest edit;
  edit.mutable_post()->set_name(post.name());
  edit.mutable_post()->set_markdown("emmer");
  edit.mutable_update_mask()->add_paths("markdown");
  edit.set_request_id(NewRequestId());
  Must(Call<v1::Post>(ada, "UpdatePost", edit));
  CHECK(Names(ada, "spelt").empty());
  CHECK(Finds("emmer", post));
  facts.SetRole(open, ben, Role::kModerator);
  v1::RemoveTopicRequest removal;
  removal.set_name(topic.name());
  removal.set_reason("No.");
  removal.set_request_id(NewRequestId());
  Must(Call<v1::Removal>(ben, "ModerationService/RemoveTopic", removal));
  // At once, whatever the index says.
  CHECK(Must(Search(ada, Request("emmer"))).results_size() == 0);
  CHECK(Names(ada, "emmer").empty());
  CHECK(database.Ask("SELECT count(*) FROM post_words") == "0");
}

TEST_CASE_METHOD(Fixture, "a topic that moved is found where it went, by who reads there") {
  const v1::Post post = Post(ada, topic.name(), "wanderer");
  CHECK(Finds("wanderer", post, eve));
  Move(topic.name(), secret);
  // Before the index has heard of it.
  CHECK(Must(Search(eve, Request("wanderer"))).results_size() == 0);
  CHECK(Names(eve, "wanderer").empty());
  CHECK(Finds("wanderer in:" + resources::Name(secret), post));
  CHECK(Names(ada, "wanderer in:" + resources::Name(open)).empty());
}

TEST_CASE_METHOD(Fixture, "what went and is still indexed shows in no page and in no token") {
  std::vector<v1::Post> posts;
  for (int n = 0; n < 6; ++n) posts.push_back(Post(ada, topic.name(), "rye"));
  Index();
  for (const int gone : {1, 3, 4, 5}) {
    v1::DeletePostRequest request;
    request.set_name(posts[gone].name());
    request.set_request_id(NewRequestId());
    Must(Call<v1::DeletePostResponse>(ada, "DeletePost", request));
  }
  v1::SearchPostsRequest request = Request("rye");
  request.set_page_size(1);
  const auto first = Must(Search(ada, request));
  CHECK(first.results_size() == 1);
  CHECK_FALSE(first.next_page_token().empty());
  request.set_page_token(first.next_page_token());
  const auto second = Must(Search(ada, request));
  CHECK(second.results_size() == 1);
  CHECK(second.next_page_token().empty());
}

TEST_CASE_METHOD(Fixture, "results come page by page, the better and the newer first, each once") {
  std::vector<std::string> posted;
  for (int n = 0; n < 5; ++n) {
    clock.Advance(absl::Hours(24));
    posted.push_back(Post(ada, topic.name(), "rye").name());
  }
  std::reverse(posted.begin(), posted.end());
  Index();
  v1::SearchPostsRequest request = Request("rye");
  request.set_page_size(2);
  std::vector<std::string> seen;
  do {
    const auto page = Must(Search(ada, request));
    for (const v1::SearchResult& result : page.results()) seen.push_back(result.post());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  CHECK(seen == posted);
}

TEST_CASE_METHOD(Fixture, "results come in the order that is asked for, page by page") {
  std::vector<std::string> posted;
  for (const char* text : {"rye rye rye", "wheat and rye", "rye bread"}) {
    clock.Advance(absl::Seconds(1));
    posted.push_back(Post(ada, topic.name(), text).name());
  }
  Index();
  const auto all = [&](v1::SearchOrder order) {
    v1::SearchPostsRequest request = Request("rye");
    request.set_order(order);
    request.set_page_size(1);
    std::vector<std::string> names;
    do {
      const auto page = Must(Search(ada, request));
      for (const v1::SearchResult& result : page.results()) names.push_back(result.post());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return names;
  };
  CHECK(all(v1::SEARCH_ORDER_OLDEST) == posted);
  CHECK(all(v1::SEARCH_ORDER_UNSPECIFIED).front() == posted.front());
  CHECK(all(v1::SEARCH_ORDER_BEST) == all(v1::SEARCH_ORDER_UNSPECIFIED));
  std::reverse(posted.begin(), posted.end());
  CHECK(all(v1::SEARCH_ORDER_NEWEST) == posted);
}

TEST_CASE_METHOD(Fixture, "a page goes on in its own order, and for its own caller") {
  for (int n = 0; n < 3; ++n) Post(ada, topic.name(), "rye");
  Index();
  v1::SearchPostsRequest request = Request("rye");
  request.set_page_size(1);
  request.set_order(v1::SEARCH_ORDER_NEWEST);
  request.set_page_token(Must(Search(ada, request)).next_page_token());
  CHECK(Must(Search(ada, request)).results_size() == 1);
  CHECK(Is(Search(ben, request).status(), policy_reasons::kPageTokenInvalid));
  request.set_order(v1::SEARCH_ORDER_OLDEST);
  CHECK(Is(Search(ada, request).status(), policy_reasons::kPageTokenInvalid));
  for (const int unknown : {-1, 4}) {
    request.set_order(static_cast<v1::SearchOrder>(unknown));
    CHECK(Is(Search(ada, request).status(), policy_reasons::kFieldInvalid));
  }
}

TEST_CASE_METHOD(Fixture, "a search everywhere is one in all that the caller may read") {
  const v1::Post post = Post(ada, topic.name(), "wanderer");
  Post(ada, Open(ada, secret).name(), "a secret wanderer");
  Index();
  v1::SearchPostsRequest request;
  request.set_query("wanderer");
  request.set_everywhere(true);
  // Eve belongs nowhere, and reads what is open.
  const auto found = Must(Search(eve, request));
  REQUIRE(found.results_size() == 1);
  CHECK(found.results(0).post() == post.name());
  CHECK_FALSE(found.partial());
  CHECK(Must(Search(ada, request)).results_size() == 2);
  request.set_query(request.query() + " in:" + resources::Name(secret));
  CHECK(Must(Search(ada, request)).results_size() == 1);
  CHECK(Must(Search(eve, request)).results_size() == 0);
}

TEST_CASE_METHOD(Fixture, "a search everywhere says when it has not looked everywhere") {
  const v1::Post post = Post(ada, topic.name(), "wanderer");
  Index();
  for (int n = 0; n < 100; ++n) {
    const CommunityId place(Numbered(1000 + n));
    facts.AddCommunity(place, Visibility::kOpen);
    database.Run("INSERT INTO community_activity VALUES ('" + place.ToString() +
                 "', now() + interval '1 day')");
  }
  v1::SearchPostsRequest request;
  request.set_query("wanderer");
  request.set_everywhere(true);
  auto found = Must(Search(eve, request));
  CHECK(found.partial());
  CHECK(found.results_size() == 0);
  // What is named comes before what is active.
  request.add_communities(resources::Name(open));
  found = Must(Search(eve, request));
  CHECK(found.partial());
  CHECK(found.results_size() == 1);
}

TEST_CASE_METHOD(Fixture, "what somebody wrote is found without a word, the newest first") {
  const v1::Post first = Post(ben, topic.name(), "first");
  clock.Advance(absl::Hours(1));
  const v1::Post second = Post(ben, topic.name(), "second");
  Post(ada, topic.name(), "third");
  const std::string from_ben = "from:" + resources::Name(ben);
  CHECK(Names(ada, from_ben) == std::vector{second.name(), first.name()});
  CHECK(Names(ada, from_ben + " -second") == std::vector{first.name()});
  CHECK(Names(ada, from_ben + " -\"second of them\"").size() == 2);
  // Ada opened the topic.
  CHECK(Names(ada, "from:me " + from_ben).size() == 4);
}

TEST_CASE_METHOD(Fixture, "a search names where to look, and what for") {
  v1::SearchPostsRequest request;
  request.set_query("rye");
  CHECK(Is(Search(ada, request).status(), policy_reasons::kFieldInvalid));
  for (int n = 0; n <= 100; ++n) {
    request.add_communities(resources::Name(CommunityId(Numbered(1000 + n))));
  }
  CHECK(Is(Search(ada, request).status(), policy_reasons::kFieldInvalid));
  CHECK(Is(Search(ada, Request("-rye")).status(), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "marks of the index's own language are words or nothing") {
  Post(ada, topic.name(), "plain");
  for (const char* query :
       {"'", "\\", "a' | 'plain", "!plain", "plain:*", "#cplain", "<-> ~plain"}) {
    INFO(query);
    Index();
    const auto response = Search(ada, Request(query));
    CHECK((response.ok() || Is(response.status(), policy_reasons::kFieldInvalid)));
  }
}

}  // namespace
}  // namespace guildhall::discussions
