#include "services/discussions/store/import_writes.h"

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/discussions/store/test_forum.h"

namespace guildhall::discussions {
namespace {

struct Fixture : TestForum {
  static Topic Wanted(int n) {
    return {.id = TopicNumber(n),
            .community = Community(1),
            .author = Member(1),
            .title = "Imported",
            .create_time = At(n)};
  }
  static Post WantedPost(int topic, int number, int id) {
    Post post;
    post.id = PostNumber(id);
    post.topic = TopicNumber(topic);
    post.number = number;
    post.author = Member(3);
    post.markdown = "text";
    post.create_time = At(number);
    return post;
  }
  // How many posts an import of `posts` creates, or why it fails.
  absl::StatusOr<int> Import(const std::vector<Post>& posts) {
    return open.Transact<int>(context(), [&](postgres::Work& work) -> absl::StatusOr<int> {
      std::vector<TopicId> topics;
      for (const Post& post : posts) topics.push_back(post.topic);
      auto targets = LockTargets(work, topics);
      if (!targets.ok()) return targets.status();
      auto taken = GetTakenNumbers(work, posts, *targets);
      if (!taken.ok()) return taken.status();
      const auto added = AddImported(posts, *taken, *targets);
      if (!added.ok()) return added.status();
      if (absl::Status status = ImportPosts(work, *added, *targets); !status.ok()) return status;
      return static_cast<int>(added->size());
    });
  }
  int ImportTopicsNumbered(std::vector<int> numbers) {
    std::vector<Topic> topics;
    for (const int n : numbers) topics.push_back(Wanted(n));
    int created = 0;
    Do([&](postgres::Work& work) { created = *ImportTopics(work, topics); });
    return created;
  }
};

TEST_CASE_METHOD(Fixture, "topics are imported once and not visible before their posts") {
  CHECK(ImportTopicsNumbered({1, 2, 3}) == 3);
  CHECK(ImportTopicsNumbered({2, 3, 4}) == 1);
  Do([&](postgres::Work& work) { CHECK_FALSE(*LockTopic(work, TopicNumber(1))); });
  CHECK(*Import({WantedPost(1, 1, 1)}) == 1);
  Do([&](postgres::Work& work) { CHECK((*LockTopic(work, TopicNumber(1))).has_value()); });
}

TEST_CASE_METHOD(Fixture, "posts of several topics are imported at once, and once") {
  ImportTopicsNumbered({1, 2});
  const std::vector<Post> posts = {WantedPost(1, 1, 1), WantedPost(2, 1, 2), WantedPost(1, 2, 3)};
  CHECK(*Import(posts) == 3);
  CHECK(*Import(posts) == 0);
  CHECK(database.Ask("SELECT last_post_number || ' ' || imported_post_number FROM topics "
                     "ORDER BY id") == "2 2");
  CHECK(database.Ask("SELECT last_post_time = create_time + interval '1 minute' FROM topics "
                     "ORDER BY id") == "t");
  CHECK(database.Ask("SELECT count(*) FROM topics WHERE score = 0") == "0");
}

TEST_CASE_METHOD(Fixture, "a refused import leaves nothing") {
  ImportTopicsNumbered({1});
  CHECK(Is(Import({WantedPost(1, 1, 1), WantedPost(1, 3, 2)}).status(),
           policy::reasons::kFieldInvalid));
  CHECK(database.Ask("SELECT count(*) FROM posts") == "0");
}

TEST_CASE_METHOD(Fixture, "two posts never share an id") {
  ImportTopicsNumbered({1, 2});
  REQUIRE(*Import({WantedPost(1, 1, 1)}) == 1);
  CHECK(Is(Import({WantedPost(2, 1, 1)}).status(), policy::reasons::kFieldInvalid));
}

}  // namespace
}  // namespace guildhall::discussions
