#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  v1::Topic topic = Open(ada, open);
  v1::ListPostsRequest Request(int from = 0, int page_size = 0) {
    v1::ListPostsRequest request;
    request.set_parent(topic.name());
    request.set_from_number(from);
    request.set_page_size(page_size);
    return request;
  }
  absl::StatusOr<v1::ListPostsResponse> List(MemberId who, const v1::ListPostsRequest& request) {
    return Call<v1::ListPostsResponse>(who, "ListPosts", request);
  }
  // All numbers, read page by page.
  std::vector<int> Numbers(v1::ListPostsRequest request) {
    std::vector<int> numbers;
    do {
      const v1::ListPostsResponse page = Must(List(ada, request));
      for (const v1::Post& post : page.posts()) numbers.push_back(post.number());
      request.set_page_token(page.next_page_token());
      request.clear_from_number();
    } while (!request.page_token().empty());
    return numbers;
  }
};

TEST_CASE_METHOD(Fixture, "posts are listed from a number on, page by page") {
  for (int i = 0; i < 4; ++i) Post(ben, topic.name());
  for (const int size : {1, 2, 30}) {
    CHECK(Numbers(Request(0, size)) == std::vector<int>{1, 2, 3, 4, 5});
    CHECK(Numbers(Request(3, size)) == std::vector<int>{3, 4, 5});
    CHECK(Numbers(Request(9, size)).empty());
  }
}

TEST_CASE_METHOD(Fixture, "a page of long posts ends early and goes on without gap") {
  const std::string longest(64 * 1024, 'x');
  for (int i = 0; i < 19; ++i) Post(ben, topic.name(), longest);
  const v1::ListPostsResponse page = Must(List(ada, Request()));
  CHECK(page.posts_size() < 20);
  CHECK(page.ByteSizeLong() <= (1u << 20) + 200);
  std::vector<int> numbers = Numbers(Request());
  CHECK(numbers.size() == 20);
  CHECK(std::is_sorted(numbers.begin(), numbers.end()));
}

TEST_CASE_METHOD(Fixture, "a list goes on behind posts whose long quotes are gone") {
  for (int i = 0; i < 3; ++i) Post(ben, topic.name());
  database.Run("UPDATE posts SET quoted_bytes = 600000");
  CHECK(Numbers(Request()) == std::vector<int>{1, 2, 3, 4});
}

TEST_CASE_METHOD(Fixture, "a place in a list is named once: by number or by token") {
  Post(ben, topic.name());
  v1::ListPostsRequest request = Request(1, 1);
  request.set_page_token(Must(List(ada, request)).next_page_token());
  CHECK(Is(List(ada, request).status(), policy_reasons::kFieldInvalid));
  CHECK(Is(List(ada, Request(-1)).status(), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture,
                 "a page token of posts is good for its topic alone, for whoever may read it") {
  Post(ben, topic.name());
  v1::ListPostsRequest request = Request(0, 1);
  request.set_page_token(Must(List(ada, request)).next_page_token());
  CHECK(List(ada, request).ok());
  CHECK(List(ben, request).ok());
  request.set_parent(Open(ada, open).name());
  CHECK(Is(List(ada, request).status(), policy_reasons::kPageTokenInvalid));
}

TEST_CASE_METHOD(Fixture, "the posts of a hidden topic are not there") {
  topic = Open(ada, secret);
  const std::string hidden = Told(List(eve, Request()).status());
  topic.set_name(resources::Name(TopicId(Numbered(99))));
  CHECK(hidden == Told(List(eve, Request()).status()));
}

}  // namespace
}  // namespace guildhall::discussions
