#include "services/discussions/store/post_store.h"

#include "services/discussions/store/post_writes.h"
#include "services/discussions/store/test_forum.h"

namespace guildhall::discussions {
namespace {

struct Fixture : TestForum {
  Fixture() {
    Open(TopicNumber(1), Community(1), Member(1));
    second = Reply(TopicNumber(1), Member(2), 1, "second");
    third = Reply(TopicNumber(1), Member(1), 2, "third");
    Open(TopicNumber(2), Community(2), Member(1));
  }
  std::vector<int> NumbersFrom(int first, int count, TopicId topic = TopicNumber(1),
                               CommunityId community = Community(1)) {
    const auto posts =
        store.List(context(), GrantFor(Member(9), community), topic, first, count, bytes);
    REQUIRE(posts.ok());
    std::vector<int> numbers;
    for (const Post& post : *posts) numbers.push_back(post.number);
    return numbers;
  }
  std::optional<Post> Get(const resources::PostRef& ref, CommunityId community = Community(1)) {
    const auto post = store.Get(context(), GrantFor(Member(9), community), ref);
    REQUIRE(post.ok());
    return *post;
  }

  Bytes bytes = MiB(1);
  PostStore store{open};
  Post second, third;
};

TEST_CASE_METHOD(Fixture, "posts come in order of their numbers, from any number on") {
  CHECK(NumbersFrom(1, 10) == std::vector<int>{1, 2, 3});
  CHECK(NumbersFrom(2, 1) == std::vector<int>{2});
  CHECK(NumbersFrom(4, 10).empty());
}

TEST_CASE_METHOD(Fixture, "a list ends with the post by which it gets too long") {
  // "first", "second" and "third" are 5, 6 and 5 bytes long.
  for (const auto& [most, numbers] : std::vector<std::pair<int, std::vector<int>>>{
           {0, {1}}, {4, {1}}, {5, {1, 2}}, {10, {1, 2}}, {11, {1, 2, 3}}}) {
    bytes = Bytes(most);
    CHECK(NumbersFrom(1, 10) == numbers);
  }
  bytes = Bytes(5);
  CHECK(NumbersFrom(2, 10) == std::vector<int>{2});
}

TEST_CASE_METHOD(Fixture, "a grant reads posts of its own community only") {
  CHECK(NumbersFrom(1, 10, TopicNumber(2), Community(1)).empty());
  CHECK(NumbersFrom(1, 10, TopicNumber(2), Community(2)) == std::vector<int>{1});
  CHECK_FALSE(Get({.topic = TopicNumber(1), .post = second.id}, Community(2)));
}

TEST_CASE_METHOD(Fixture, "a post is read by id and by number") {
  CHECK(Get({.topic = TopicNumber(1), .post = second.id})->markdown == "second");
  CHECK(Get({.topic = TopicNumber(1), .number = 3})->id == third.id);
  CHECK_FALSE(Get({.topic = TopicNumber(1), .number = 4}));
  CHECK_FALSE(Get({.topic = TopicNumber(2), .post = second.id}, Community(2)));
}

TEST_CASE_METHOD(Fixture, "a post comes back as it was stored") {
  const Post read = *Get({.topic = TopicNumber(1), .number = 2});
  CHECK(read.topic == TopicNumber(1));
  CHECK(read.author == Member(2));
  CHECK(read.create_time == At(1));
  CHECK_FALSE(read.edit_time);
  CHECK_FALSE(read.delete_time);
  CHECK(read.version == 1);
}

TEST_CASE_METHOD(Fixture, "a post is edited, and deleted with its text") {
  Do([&](postgres::Work& work) {
    HeldPost held = **HoldPost(work, TopicNumber(1), second.id);
    CHECK(held.community == Community(1));
    EditPost(held.post, "better", held.post.author, At(5));
    UpdatePost(work, held.post);
  });
  CHECK(Get({.topic = TopicNumber(1), .number = 2})->markdown == "better");
  CHECK(Get({.topic = TopicNumber(1), .number = 2})->edit_time == At(5));
  Do([&](postgres::Work& work) {
    HeldPost held = **HoldPost(work, TopicNumber(1), second.id);
    REQUIRE(DeletePost(held.post, At(6)).ok());
    DeletePost(work, held.post);
  });
  const Post deleted = *Get({.topic = TopicNumber(1), .number = 2});
  CHECK(deleted.markdown.empty());
  CHECK(deleted.delete_time == At(6));
  CHECK(deleted.version == 3);
  CHECK(NumbersFrom(1, 10) == std::vector<int>{1, 2, 3});
}

TEST_CASE_METHOD(Fixture, "a post is held in its own topic only") {
  Do([&](postgres::Work& work) { CHECK_FALSE(*HoldPost(work, TopicNumber(2), second.id)); });
  Do([&](postgres::Work& work) { CHECK_FALSE(*HoldPost(work, TopicNumber(9), second.id)); });
}

}  // namespace
}  // namespace guildhall::discussions
