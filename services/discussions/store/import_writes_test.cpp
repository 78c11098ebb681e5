#include "services/discussions/store/import_writes.h"

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/discussions/store/post_counts.h"
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
  static ImportedPost WantedPost(int topic, int number, int id) {
    ImportedPost wanted;
    Post& post = wanted.post;
    post.id = PostNumber(id);
    post.topic = TopicNumber(topic);
    post.number = number;
    post.author = Member(3);
    post.markdown = "text";
    post.create_time = At(number);
    return wanted;
  }
  // How many posts an import of `posts` creates, or why it fails.
  absl::StatusOr<int> Import(const std::vector<ImportedPost>& posts) {
    return open.Transact<int>(context(), [&](postgres::Work& work) -> absl::StatusOr<int> {
      std::vector<TopicId> topics;
      for (const ImportedPost& wanted : posts) topics.push_back(wanted.post.topic);
      auto targets = LockTargets(work, topics);
      if (!targets.ok()) return targets.status();
      auto standing = GetStandingPosts(work, posts);
      if (!standing.ok()) return standing.status();
      const auto decided = DecideImport(posts, *standing, *targets, manner);
      if (!decided.ok()) return decided.status();
      if (absl::Status status = ImportPosts(work, decided->created); !status.ok()) return status;
      StoreFollowing(work, decided->following);
      StoreImportedAnswers(work, *targets);
      auto counted = CountImportedReplies(work, decided->created);
      if (!counted.ok()) return counted.status();
      counted_before = counted->size();
      StoreImportedEnds(work, *targets);
      return static_cast<int>(decided->created.size());
    });
  }
  int ImportTopicsNumbered(std::vector<int> numbers) {
    std::vector<Topic> topics;
    for (const int n : numbers) topics.push_back(Wanted(n));
    int created = 0;
    Do([&](postgres::Work& work) { created = *ImportTopics(work, topics); });
    return created;
  }

  ImportManner manner = ImportManner::kCreateOnly;
  // How many posts that were there before the last import have more answers since.
  std::size_t counted_before = 0;
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
  const std::vector<ImportedPost> posts = {WantedPost(1, 1, 1), WantedPost(2, 1, 2),
                                           WantedPost(1, 2, 3)};
  CHECK(*Import(posts) == 3);
  CHECK(*Import(posts) == 0);
  CHECK(database.Ask("SELECT last_post_number || ' ' || imported_post_number FROM topics "
                     "ORDER BY id") == "2 2");
  CHECK(database.Ask("SELECT last_post_time = create_time + interval '1 minute' FROM topics "
                     "ORDER BY id") == "t");
  CHECK(database.Ask("SELECT count(*) FROM topics WHERE score = 0") == "0");
}

TEST_CASE_METHOD(Fixture, "topics of every kind are imported as they are") {
  Topic praise = Wanted(1), question = Wanted(2);
  praise.kind = TopicKind::kPraise;
  praise.praised = {Member(2), Member(3)};
  question.kind = TopicKind::kQuestion;
  question.pinned = true;
  question.closer = Member(2);
  Do([&](postgres::Work& work) { CHECK(*ImportTopics(work, {{praise, question}}) == 2); });
  ImportedPost answer = WantedPost(2, 2, 3);
  answer.accepted = true;
  REQUIRE(*Import({WantedPost(1, 1, 1), WantedPost(2, 1, 2), answer}) == 3);
  Do([&](postgres::Work& work) {
    CHECK((*LockTopic(work, praise.id))->topic.praised == praise.praised);
    const Topic stored = (*LockTopic(work, question.id))->topic;
    CHECK(stored.pinned);
    CHECK(stored.closer == question.closer);
    CHECK(stored.accepted_post == 2);
  });
}

TEST_CASE_METHOD(Fixture, "imported posts show their answers and reactions, as a recount does") {
  ImportTopicsNumbered({1});
  ImportedPost second = WantedPost(1, 2, 2), third = WantedPost(1, 3, 3);
  second.post.reply_to = third.post.reply_to = 1;
  second.reactions = {{Member(1), ReactionKind::kThanks, {}},
                      {Member(2), ReactionKind::kThanks, {}},
                      {Member(2), ReactionKind::kLike, {}}};
  REQUIRE(*Import({WantedPost(1, 1, 1), second}) == 2);
  CHECK(counted_before == 0);
  REQUIRE(*Import({third}) == 1);
  CHECK(counted_before == 1);
  CHECK(database.Ask("SELECT reply_count FROM posts WHERE number = 1") == "2");
  CHECK(database.Ask("SELECT reaction_counts FROM posts WHERE number = 2") == "{1,2}");
  const auto compared = CompareCounts(open, context(), {}, 10);
  REQUIRE(compared.ok());
  CHECK(compared->size() == 3);
  for (const ComparedPost& post : *compared) CHECK(post.right);
}

TEST_CASE_METHOD(Fixture, "an import that comes again writes the difference") {
  manner = ImportManner::kFollowSource;
  ImportTopicsNumbered({1});
  ImportedPost first = WantedPost(1, 0, 1), second = WantedPost(1, 0, 2);
  second.answered = PostNumber(1);
  REQUIRE(*Import({first, second}) == 2);
  const auto rows = [&] {
    return database.Ask("SELECT string_agg(xmin::text, ' ' ORDER BY number) FROM posts");
  };
  const std::string before = rows();
  REQUIRE(*Import({first, second}) == 0);
  CHECK(rows() == before);
  second.post.markdown = "better";
  second.reactions = {{Member(1), ReactionKind::kThanks, {}}};
  REQUIRE(*Import({first, second}) == 0);
  CHECK(rows().substr(0, rows().find(' ')) == before.substr(0, before.find(' ')));
  CHECK(database.Ask("SELECT markdown || ' ' || version || ' ' || reply_to_number || ' ' || "
                     "reaction_counts::text FROM posts WHERE number = 2") == "better 2 1 {0,1}");
  CHECK(database.Ask("SELECT count(*) FROM reactions") == "1");
  const std::string after = rows();
  REQUIRE(*Import({first, second}) == 0);
  CHECK(rows() == after);
}

TEST_CASE_METHOD(Fixture, "topics that follow their source are stored with their marks") {
  ImportTopicsNumbered({1});
  Do([&](postgres::Work& work) {
    ImportTarget target = LockTargets(work, {{TopicNumber(1)}})->at(TopicNumber(1));
    CHECK(target.mark == MarkOf(Wanted(1)));
    Topic renamed = Wanted(1);
    renamed.title = "Renamed";
    CHECK(FollowTopic(renamed, target).edited);
    StoreFollowingTopics(work, {{target}});
  });
  Do([&](postgres::Work& work) {
    const ImportTarget target = LockTargets(work, {{TopicNumber(1)}})->at(TopicNumber(1));
    CHECK(target.topic.title == "Renamed");
    CHECK(target.mark != MarkOf(Wanted(1)));
  });
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
