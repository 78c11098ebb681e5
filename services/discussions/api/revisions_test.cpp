#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  v1::Topic topic = Open(ada, open);
  v1::Post post = Post(ada, topic.name(), "rye and spelt");

  v1::Post Edit(const std::string& markdown) {
    v1::UpdatePostRequest request;
    request.mutable_post()->set_name(post.name());
    request.mutable_post()->set_markdown(markdown);
    request.mutable_update_mask()->add_paths("markdown");
    request.set_request_id(NewRequestId());
    return Must(Call<v1::Post>(ada, "UpdatePost", request));
  }
  absl::StatusOr<v1::ListRevisionsResponse> List(MemberId who, const std::string& token = "",
                                                 int size = 0) {
    v1::ListRevisionsRequest request;
    request.set_parent(post.name());
    request.set_page_token(token);
    request.set_page_size(size);
    return Call<v1::ListRevisionsResponse>(who, "HistoryService/ListRevisions", request);
  }
};

TEST_CASE_METHOD(Fixture, "a post that was edited tells what it said, and what each edit changed") {
  CHECK(Must(List(eve)).revisions_size() == 0);
  const v1::Post edited = Edit("rye or spelt");
  Edit("rye or emmer");
  const auto history = Must(List(eve));
  REQUIRE(history.revisions_size() == 2);
  CHECK(history.revisions(0).markdown() == "rye or spelt");
  CHECK(history.revisions(0).etag() == edited.etag());
  CHECK(history.revisions(1).markdown() == "rye and spelt");
  CHECK(history.revisions(1).etag() == post.etag());
  CHECK(history.revisions(1).replace_time().SerializeAsString() ==
        edited.edit_time().SerializeAsString());
  REQUIRE(history.revisions(1).diff_size() == 4);
  CHECK(history.revisions(1).diff(1).kind() == v1::DIFF_KIND_REMOVED);
  CHECK(history.revisions(1).diff(1).text() == "and ");
  CHECK(history.revisions(1).diff(2).kind() == v1::DIFF_KIND_ADDED);
}

TEST_CASE_METHOD(Fixture, "what a post said stays in the community where it said it") {
  topic = Open(ada, secret);
  post = Post(ada, topic.name(), "the merger is on Friday");
  Edit("a meeting is on Friday");
  Move(topic.name(), open);
  CHECK(Must(List(eve)).revisions_size() == 0);
  Edit("a meeting is on Monday");
  const auto history = Must(List(eve));
  REQUIRE(history.revisions_size() == 1);
  CHECK(history.revisions(0).markdown() == "a meeting is on Friday");
}

TEST_CASE_METHOD(Fixture, "an edit that changes nothing pushes nothing out of the history") {
  Edit("b");
  Edit("b");
  CHECK(Must(List(eve)).revisions_size() == 1);
}

TEST_CASE_METHOD(Fixture, "a history comes page by page") {
  for (const char* text : {"b", "c", "d"}) Edit(text);
  std::vector<std::string> seen;
  std::string token;
  do {
    const auto page = Must(List(eve, token, 1));
    for (const v1::Revision& revision : page.revisions()) seen.push_back(revision.markdown());
    token = page.next_page_token();
  } while (!token.empty());
  CHECK(seen == std::vector<std::string>{"c", "b", "rye and spelt"});
}

TEST_CASE_METHOD(Fixture, "the last hundred edits are known") {
  for (int n = 1; n <= 103; ++n) Edit(std::to_string(n));
  CHECK(database.Ask(
            "SELECT count(*) || ' ' || min(version) || ' ' || max(version) FROM revisions") ==
        "100 4 103");
}

TEST_CASE_METHOD(Fixture, "the history of a post goes with its text") {
  Edit("better");
  v1::DeletePostRequest request;
  request.set_name(post.name());
  request.set_request_id(NewRequestId());
  Must(Call<v1::DeletePostResponse>(ada, "DeletePost", request));
  CHECK(Must(List(eve)).revisions_size() == 0);
  CHECK(database.Ask("SELECT count(*) FROM revisions") == "0");
}

TEST_CASE_METHOD(Fixture, "whoever may not read a post does not read its history") {
  post = Post(ada, Open(ada, closed).name());
  Edit("better");
  CHECK(Is(List(eve).status(), policy_reasons::kNotFound));
  CHECK(Must(List(ben)).revisions_size() == 1);
}

}  // namespace
}  // namespace guildhall::discussions
