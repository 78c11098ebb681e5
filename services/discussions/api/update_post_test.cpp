#include <thread>

#include "services/discussions/api/api_fixture.h"
#include "services/discussions/store/topic_writes.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  v1::Topic topic = Open(ada, open);
  v1::Post post = Post(ben, topic.name());
  v1::UpdatePostRequest Request(const std::string& markdown, const std::string& etag = "") {
    v1::UpdatePostRequest request;
    request.mutable_post()->set_name(post.name());
    request.mutable_post()->set_markdown(markdown);
    request.mutable_post()->set_etag(etag);
    request.mutable_update_mask()->add_paths("markdown");
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::StatusOr<v1::Post> Update(MemberId who, const v1::UpdatePostRequest& request) {
    return Call<v1::Post>(who, "UpdatePost", request);
  }
};

TEST_CASE_METHOD(Fixture, "the author of a post edits its text, as a new version") {
  clock.Advance(absl::Minutes(5));
  const v1::Post edited = Must(Update(ben, Request("**Spelt**.", post.etag())));
  CHECK(edited.html() == "<p><strong>Spelt</strong>.</p>\n");
  CHECK(edited.edit_time().seconds() == absl::ToUnixSeconds(clock.Now()));
  CHECK(edited.number() == post.number());
  CHECK(Must(GetPost(ada, post.name())).SerializeAsString() == edited.SerializeAsString());
}

TEST_CASE_METHOD(Fixture, "who saves what a post says already edits nothing") {
  const std::string log = "SELECT count(*) FROM change_log", before = database.Ask(log);
  clock.Advance(absl::Minutes(5));
  const v1::Post saved = Must(Update(ben, Request(post.markdown(), post.etag())));
  CHECK(saved.SerializeAsString() == post.SerializeAsString());
  CHECK(Must(GetPost(ada, post.name())).SerializeAsString() == post.SerializeAsString());
  CHECK(database.Ask(log) == before);
  CHECK(database.Ask("SELECT count(*) FROM revisions") == "0");
  CHECK(Is(Update(ben, Request(post.markdown(), "stale")).status(), policy_reasons::kEtagStale));
}

TEST_CASE_METHOD(Fixture, "of 8 edits of the same version one wins") {
  std::vector<absl::StatusOr<v1::Post>> answers(8, absl::UnknownError(""));
  std::vector<v1::UpdatePostRequest> requests;
  for (int i = 0; i < 8; ++i) requests.push_back(Request(std::to_string(i), post.etag()));
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] { answers[i] = Update(ben, requests[i]); });
  }
  for (std::thread& thread : threads) thread.join();
  int won = 0, stale = 0;
  for (const auto& answer : answers) {
    won += answer.ok();
    stale += Is(answer.status(), policy_reasons::kEtagStale);
  }
  CHECK(won == 1);
  CHECK(stale == 7);
}

TEST_CASE_METHOD(Fixture,
                 "an edit that is repeated gets its first answer, though the etag is stale now") {
  const auto request = Request("Spelt.", post.etag());
  const v1::Post first = Must(Update(ben, request));
  CHECK(Must(Update(ben, request)).SerializeAsString() == first.SerializeAsString());
}

TEST_CASE_METHOD(Fixture, "a post is edited by its author alone, whoever opened the topic") {
  CHECK(Is(Update(ada, Request("Mine.")).status(), policy_reasons::kNotPermitted));
  CHECK(Is(Update(eve, Request("Mine.")).status(), policy_reasons::kNotPermitted));
}

TEST_CASE_METHOD(Fixture,
                 "who has left an OPEN community edits and deletes nothing until it is back") {
  facts.SetRole(open, ben, Role::kNone);
  CHECK(Must(GetPost(ben, post.name())).markdown() == post.markdown());
  v1::DeletePostRequest deletion;
  deletion.set_name(post.name());
  deletion.set_request_id(NewRequestId());
  CHECK(Is(Update(ben, Request("Spelt.")).status(), policy_reasons::kNotPermitted));
  CHECK(Is(Call<v1::DeletePostResponse>(ben, "DeletePost", deletion).status(),
           policy_reasons::kNotPermitted));
  facts.SetRole(open, ben, Role::kMember);
  CHECK(Update(ben, Request("Spelt.")).ok());
  CHECK(Call<v1::DeletePostResponse>(ben, "DeletePost", deletion).ok());
}

TEST_CASE_METHOD(Fixture, "a post's update mask names the text and nothing else") {
  auto request = Request("Spelt.");
  request.mutable_update_mask()->add_paths("number");
  CHECK(Is(Update(ben, request).status(), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "an edit names the post by its id") {
  post.set_name(topic.name() + "/posts/2");
  CHECK(Is(Update(ben, Request("Spelt.")).status(), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "an edit of a topic that somebody holds answers BUSY") {
  const absl::Status held =
      database->Transact(postgres::Context(), [&](postgres::Work& work) -> absl::Status {
        const auto id = *resources::ParseTopic("", topic.name());
        REQUIRE((*LockTopic(work, id)).has_value());
        CHECK(Is(Update(ben, Request("Spelt.")).status(), policy_reasons::kBusy));
        return absl::OkStatus();
      });
  REQUIRE(held.ok());
  CHECK(Must(GetPost(ada, post.name())).markdown() == "Rye.");
}

}  // namespace
}  // namespace guildhall::discussions
