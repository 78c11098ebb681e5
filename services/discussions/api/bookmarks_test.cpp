#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  v1::Topic topic = Open(ada, open);
  v1::Post post = Post(ada, topic.name());

  absl::StatusOr<v1::Bookmark> Keep(MemberId who, const std::string& name) {
    v1::CreateBookmarkRequest request;
    request.mutable_bookmark()->set_post(name);
    return Call<v1::Bookmark>(who, "BookmarkService/CreateBookmark", request);
  }
  absl::Status Drop(MemberId who, const std::string& name) {
    v1::DeleteBookmarkRequest request;
    request.set_post(name);
    return Call<v1::DeleteBookmarkResponse>(who, "BookmarkService/DeleteBookmark", request)
        .status();
  }
  absl::StatusOr<v1::ListBookmarksResponse> List(MemberId who, const std::string& token = "",
                                                 int size = 0) {
    v1::ListBookmarksRequest request;
    request.set_page_token(token);
    request.set_page_size(size);
    return Call<v1::ListBookmarksResponse>(who, "BookmarkService/ListBookmarks", request);
  }
  // All posts that somebody bookmarked, by pages of two.
  std::vector<std::string> InPages(MemberId who) {
    std::vector<std::string> posts;
    std::string token;
    do {
      const auto page = Must(List(who, token, 2));
      for (const v1::Bookmark& each : page.bookmarks()) posts.push_back(each.post());
      token = page.next_page_token();
    } while (!token.empty());
    return posts;
  }
  absl::StatusOr<v1::BatchGetBookmarksResponse> Get(MemberId who,
                                                    const std::vector<std::string>& posts) {
    v1::BatchGetBookmarksRequest request;
    for (const std::string& name : posts) request.add_posts(name);
    return Call<v1::BatchGetBookmarksResponse>(who, "BookmarkService/BatchGetBookmarks", request);
  }
};

TEST_CASE_METHOD(Fixture, "a bookmark shows where its post stands, to whoever set it") {
  const v1::Bookmark bookmark = Must(Keep(eve, post.name()));
  CHECK(bookmark.post() == post.name());
  CHECK(bookmark.post_number() == 2);
  CHECK(bookmark.topic_title() == "Bread");
  CHECK(bookmark.post_author() == resources::Name(ada));
  const auto listed = Must(List(eve));
  REQUIRE(listed.bookmarks_size() == 1);
  CHECK(listed.bookmarks(0).SerializeAsString() == bookmark.SerializeAsString());
  CHECK(Must(Get(eve, {post.name()})).bookmarks(0).SerializeAsString() ==
        bookmark.SerializeAsString());
  CHECK(Must(List(ada)).bookmarks_size() == 0);
  CHECK(Must(Get(ada, {post.name()})).bookmarks_size() == 0);
}

TEST_CASE_METHOD(Fixture, "who bookmarks twice has one bookmark, since the first time") {
  const v1::Bookmark first = Must(Keep(eve, post.name()));
  clock.Advance(absl::Minutes(1));
  CHECK(Must(Keep(eve, post.name())).SerializeAsString() == first.SerializeAsString());
  CHECK(Must(List(eve)).bookmarks_size() == 1);
}

TEST_CASE_METHOD(Fixture, "a bookmark is taken away, one's own and once for all") {
  Must(Keep(eve, post.name()));
  CHECK(Drop(ada, post.name()).ok());
  CHECK(Must(List(eve)).bookmarks_size() == 1);
  CHECK(Drop(eve, post.name()).ok());
  CHECK(Drop(eve, post.name()).ok());
  CHECK(Must(List(eve)).bookmarks_size() == 0);
}

TEST_CASE_METHOD(Fixture, "bookmarks come newest first, in pages") {
  std::vector<std::string> posts;
  for (int n = 0; n < 5; ++n) {
    posts.insert(posts.begin(), Post(ben, topic.name()).name());
    Must(Keep(eve, posts[0]));
    clock.Advance(absl::Minutes(1));
  }
  CHECK(InPages(eve) == posts);
}

TEST_CASE_METHOD(Fixture, "bookmarks that were set at the same time come once each, in pages") {
  std::multiset<std::string> posts;
  for (int n = 0; n < 5; ++n) {
    posts.insert(Must(Keep(eve, Post(ben, topic.name()).name())).post());
  }
  const std::vector<std::string> seen = InPages(eve);
  CHECK(std::multiset<std::string>(seen.begin(), seen.end()) == posts);
}

TEST_CASE_METHOD(Fixture,
                 "bookmarks of what is deleted, or may not be read any more, are left out") {
  const v1::Post hidden = Post(ada, Open(ada, secret).name());
  Must(Keep(ben, post.name()));
  Must(Keep(ben, hidden.name()));
  facts.SetRole(secret, ben, Role::kNone);
  CHECK(Must(List(ben)).bookmarks_size() == 1);
  CHECK(Must(Get(ben, {hidden.name(), post.name()})).bookmarks_size() == 1);
  v1::DeletePostRequest request;
  request.set_name(post.name());
  request.set_request_id(NewRequestId());
  Must(Call<v1::DeletePostResponse>(ada, "DeletePost", request));
  CHECK(Must(List(ben)).bookmarks_size() == 0);
  CHECK(Must(Get(ben, {post.name()})).bookmarks_size() == 0);
  CHECK(Is(Keep(ben, post.name()).status(), policy_reasons::kNotFound));
  CHECK(Drop(ben, hidden.name()).ok());
  facts.SetRole(secret, ben, Role::kMember);
  CHECK(Must(List(ben)).bookmarks_size() == 0);
}

TEST_CASE_METHOD(Fixture, "what is hidden is bookmarked like what never was") {
  const std::string hidden = Post(ada, Open(ada, secret).name()).name();
  const std::string never = resources::PostName(TopicId(Numbered(98)), PostId(Numbered(99)));
  CHECK(Told(Keep(eve, hidden).status()) == Told(Keep(eve, never).status()));
  CHECK(Told(Drop(eve, hidden)) == Told(Drop(eve, never)));
  CHECK(Must(Get(eve, {hidden, never})).bookmarks_size() == 0);
}

TEST_CASE_METHOD(Fixture, "a member has room for a thousand bookmarks of posts named by id") {
  Must(Keep(eve, post.name()));
  database.Run("INSERT INTO bookmarks SELECT '" + eve.ToString() +
               "', gen_random_uuid(), now() FROM generate_series(1, 999)");
  CHECK(Is(Keep(eve, Post(ada, topic.name()).name()).status(), reasons::kTooManyBookmarks));
  CHECK(Keep(eve, post.name()).ok());
  CHECK(Is(Keep(eve, topic.name() + "/posts/2").status(), policy_reasons::kFieldInvalid));
  CHECK(Is(Get(eve, std::vector<std::string>(201, post.name())).status(),
           policy_reasons::kFieldInvalid));
}

}  // namespace
}  // namespace guildhall::discussions
