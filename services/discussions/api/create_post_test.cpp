#include <thread>

#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  v1::Topic topic = Open(ada, open);
  absl::StatusOr<v1::Post> Try(MemberId who, const std::string& markdown) {
    return Call<v1::Post>(who, "CreatePost", PostRequest(topic.name(), markdown));
  }
};

TEST_CASE_METHOD(Fixture, "a post gets the next number and comes back rendered") {
  clock.Advance(absl::Minutes(1));
  const v1::Post post = Post(ben, topic.name(), "*Rye*.");
  CHECK(post.number() == 2);
  CHECK(post.author() == resources::Name(ben));
  CHECK(post.html() == "<p><em>Rye</em>.</p>\n");
  CHECK(post.create_time().seconds() == absl::ToUnixSeconds(clock.Now()));
  const v1::Topic after = Must(GetTopic(ada, topic.name()));
  CHECK(after.last_post_number() == 2);
  CHECK(after.last_author() == resources::Name(ben));
  CHECK(after.etag() == topic.etag());
  CHECK(Must(GetPost(ada, post.name())).SerializeAsString() == post.SerializeAsString());
}

TEST_CASE_METHOD(Fixture, "a repeated request is one post and gets the first answer") {
  const auto request = PostRequest(topic.name(), "Rye.");
  const v1::Post first = Must(Call<v1::Post>(ben, "CreatePost", request));
  const v1::Post again = Must(Call<v1::Post>(ben, "CreatePost", request));
  CHECK(first.SerializeAsString() == again.SerializeAsString());
  CHECK(Must(GetTopic(ada, topic.name())).last_post_number() == 2);
}

TEST_CASE_METHOD(Fixture, "a request id is good for one body") {
  auto request = PostRequest(topic.name(), "Rye.");
  Must(Call<v1::Post>(ben, "CreatePost", request));
  request.mutable_post()->set_markdown("Spelt.");
  CHECK(Is(Call<v1::Post>(ben, "CreatePost", request).status(), policy_reasons::kRequestIdReused));
  CHECK(Must(GetTopic(ada, topic.name())).last_post_number() == 2);
}

TEST_CASE_METHOD(Fixture, "the same request from 8 threads is one post") {
  const auto request = PostRequest(topic.name(), "Rye.");
  std::vector<absl::StatusOr<v1::Post>> answers(8, absl::UnknownError(""));
  std::vector<std::thread> threads;
  for (auto& answer : answers) {
    threads.emplace_back([&] { answer = Call<v1::Post>(ben, "CreatePost", request); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& answer : answers) CHECK(Must(answer).number() == 2);
  CHECK(database.Ask("SELECT count(*) FROM posts") == "2");
}

TEST_CASE_METHOD(Fixture,
                 "16 callers post into one topic without gap, and the log tells each once") {
  std::vector<absl::StatusOr<v1::Post>> answers(16, absl::UnknownError(""));
  std::vector<v1::CreatePostRequest> requests;
  for (int i = 0; i < 16; ++i) requests.push_back(PostRequest(topic.name(), "Rye."));
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&, i] { answers[i] = Call<v1::Post>(ben, "CreatePost", requests[i]); });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<int> numbers;
  for (const auto& answer : answers) numbers.insert(Must(answer).number());
  CHECK(numbers.size() == 16);
  CHECK(*numbers.begin() == 2);
  CHECK(*numbers.rbegin() == 17);
  CHECK(Must(GetTopic(ada, topic.name())).last_post_number() == 17);
  CHECK(database.Ask("SELECT count(DISTINCT key_seq) || ' ' || max(key_seq) FROM change_log") ==
        "18 18");
}

TEST_CASE_METHOD(Fixture, "what cannot be posted is refused and leaves nothing") {
  CHECK(Is(Try(ben, "").status(), policy_reasons::kFieldInvalid));
  CHECK(Is(Try(ben, std::string(70'000, 'x')).status(), policy_reasons::kFieldInvalid));
  std::string links = "[a]: https://b.example/" + std::string(4000, 'd') + "\n\n";
  while (links.size() < 12'000) links += "[a] ";
  CHECK(Is(Try(ben, links).status(), reasons::kRenderedTooLarge));
  auto request = PostRequest(topic.name(), "Rye.");
  request.set_request_id("not a uuid");
  CHECK(Is(Call<v1::Post>(ben, "CreatePost", request).status(), policy_reasons::kFieldInvalid));
  CHECK(database.Ask("SELECT count(*) || ' ' || max(last_post_number) FROM posts, topics") ==
        "1 1");
}

TEST_CASE_METHOD(Fixture, "a call to post into a full topic is told so") {
  database.Run("UPDATE topics SET last_post_number = 10000");
  CHECK(Is(Try(ben, "One more.").status(), reasons::kTopicFull));
}

TEST_CASE_METHOD(Fixture, "whoever does not belong may not post") {
  CHECK(Is(Try(eve, "Let me in.").status(), policy_reasons::kNotPermitted));
}

TEST_CASE_METHOD(Fixture, "a topic of a SECRET community is to outsiders as one that never was") {
  const v1::Topic hidden = Open(ada, secret);
  const std::string never = resources::Name(TopicId(Numbered(99)));
  const auto told = [&](const std::string& name) {
    return Told(Call<v1::Post>(eve, "CreatePost", PostRequest(name, "Hello?")).status());
  };
  CHECK(told(hidden.name()) == told(never));
}

TEST_CASE_METHOD(Fixture, "a topic that moved meanwhile is decided about where it stands now") {
  const auto move_to = [&](CommunityId where) {
    database.Run("UPDATE topics SET community_id = '" + where.ToString() + "'");
  };
  // A grant for a community that the topic has left, as if it moved right after the decision.
  const auto post_with_stale_grant = [&](MemberId who) {
    move_to(open);
    const auto request = PostRequest(topic.name(), "Rye.");
    const std::string bytes = request.SerializeAsString();
    rpc::CallFacts call{.method = "CreatePost", .request_bytes = bytes};
    call.deadline = Deadline::After(deadline);
    call.caller = {.kind = access::Caller::Kind::kMember, .member = who};
    access::Authorizer authorizer(facts);
    call.grant = Must(authorizer.AuthorizeAndWait(
        {.permission = access::Permission::kContentCreate, .community = open}, call.caller,
        call.deadline));
    move_to(secret);
    return CreatePost(discussions, rpc::Call(call), request);
  };
  CHECK(Must(post_with_stale_grant(ben)).number() == 2);
  facts.SetRole(secret, ben, Role::kNone);
  CHECK(Is(post_with_stale_grant(ben).status(), policy_reasons::kNotFound));
  CHECK(database.Ask("SELECT count(*) FROM posts") == "2");
}

TEST_CASE_METHOD(Fixture, "neither texts nor titles get into the change log") {
  Post(ben, topic.name(), "a secret recipe");
  CHECK(database.Ask("SELECT count(*) FROM change_log c WHERE c::text ~ 'recipe|Bread|flour'") ==
        "0");
  CHECK(database.Ask("SELECT string_agg(kind::text, ' ' ORDER BY key_seq) FROM change_log") ==
        "7 10 10");
}

}  // namespace
}  // namespace guildhall::discussions
