#include "tools/import/zulip/survey.h"

#include <catch2/catch.hpp>

namespace guildhall::zulip {
namespace {

RawPost Post(std::int64_t id, std::int64_t timestamp, std::string sender) {
  return {id, timestamp, std::move(sender), ""};
}

absl::Time At(std::int64_t seconds) { return absl::FromUnixSeconds(seconds); }

TEST_CASE("people and streams begin with their first post, whatever the order of the files") {
  Survey survey;
  survey.Add({1, "maths", "a"}, {Post(10, 300, "Ada"), Post(11, 310, "Ben")});
  survey.Add({2, "logic", "b"}, {Post(5, 100, "Ben")});
  const Plan plan = std::move(survey).Finish();
  REQUIRE(plan.people.size() == 2);
  CHECK(plan.people[0].name == "Ben");
  CHECK(plan.people[0].first_post == At(100));
  CHECK(plan.streams[0].first_post == At(300));
  REQUIRE(plan.streams[0].participants.size() == 2);
  CHECK(plan.streams[0].participants[0].person == plan.by_sender.at("Ada"));
  CHECK(plan.streams[0].participants[1].first_post == At(310));
  CHECK(plan.post_count == 3);
}

TEST_CASE("a topic that was written into its file twice counts once") {
  Survey survey;
  survey.Add({1, "maths", "a"}, {Post(1, 10, "Ada"), Post(2, 20, "Ben"), Post(1, 10, "Ada")});
  const Plan plan = std::move(survey).Finish();
  CHECK(plan.files[0].places == std::vector<std::size_t>{1, 2});
  CHECK(plan.copy_count == 1);
  REQUIRE(plan.copies.size() == 1);
  CHECK(plan.copies[0].message == 1);
}

TEST_CASE("a stream with two names is one, under the name of its newest messages") {
  Survey survey;
  survey.Add({1, "new name", "a"}, {Post(1, 10, "Ada"), Post(3, 30, "Ada")});
  survey.Add({1, "old name", "a"}, {Post(1, 10, "Ada"), Post(2, 20, "Ben")});
  const Plan plan = std::move(survey).Finish();
  REQUIRE(plan.streams.size() == 1);
  CHECK(plan.streams[0].name == "new name");
  CHECK(plan.folder_count == 2);
  CHECK(plan.topics.size() == 1);
  CHECK(plan.topics[0].files == 2);
  CHECK(plan.files[0].places == std::vector<std::size_t>{0, 1});
  CHECK(plan.files[1].places == std::vector<std::size_t>{1});
}

TEST_CASE("a message that has moved counts in the topic that went on") {
  Survey survey;
  survey.Add({1, "maths", "stale"}, {Post(1, 10, "Ada"), Post(2, 20, "Ben")});
  survey.Add({2, "logic", "alive"}, {Post(1, 10, "Ada"), Post(2, 20, "Ben"), Post(3, 30, "Ada")});
  const Plan plan = std::move(survey).Finish();
  CHECK(plan.files[0].places.empty());
  CHECK(plan.topics[0].files == 0);
  CHECK(plan.topic_count == 1);
  CHECK(plan.streams[0].participants.empty());
}

}  // namespace
}  // namespace guildhall::zulip
