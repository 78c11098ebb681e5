#include "tools/import/zulip/write/load.h"

#include <catch2/catch.hpp>

#include "tools/import/house_fixture.h"
#include "tools/import/text_limit.h"
#include "tools/import/zulip/archive_fixture.h"

namespace guildhall::zulip {
namespace {

using importing::House;

const ArchiveFixture::Files kFiles = {
    {"1-maths/Proof.json", "[" + Message(10, 100, "Ada", "<p>first</p>") + "," +
                               Message(11, 110, "Ben", "<p>second</p>") + "]"},
    {"2-logic/Rules.json", "[" + Message(12, 120, "Ben", "<p>third</p>") + "]"},
    {"3-empty/Nothing.json", "[]"}};

importing::Tally LoadInto(House& house) {
  const ArchiveFixture fixture(kFiles);
  const LoadListener quiet{[](const Plan&) {}, [](const importing::Count&) {}};
  const auto tally = Load(fixture.Packed(), "", house.methods(), house.send_posts(), quiet);
  REQUIRE(tally.ok());
  return *tally;
}

TEST_CASE("an archive is written in the order in which things refer to each other") {
  House house;
  const importing::Tally tally = LoadInto(house);
  CHECK(house.order ==
        std::vector<std::string>{"members", "communities", "memberships", "topics", "posts"});
  CHECK(tally.members.created == 2);
  CHECK(tally.communities.created == 2);
  CHECK(tally.memberships.created == 3);
  CHECK(tally.topics.created == 2);
  CHECK(tally.posts.created == 3);
}

TEST_CASE("a second run writes nothing") {
  House house;
  LoadInto(house);
  const importing::Tally again = LoadInto(house);
  CHECK(again.sent() == 12);
  CHECK(again.created() == 0);
}

TEST_CASE("imported communities are open to employees and owned by who posted first") {
  House house;
  LoadInto(house);
  CHECK(house.members[0].display_name() == "Ada");
  CHECK(house.members[0].affiliation() == directory::v1::AFFILIATION_EMPLOYEE);
  CHECK(house.communities[0].display_name() == "maths");
  CHECK(house.communities[0].visibility() == directory::v1::VISIBILITY_OPEN);
  CHECK(house.communities[0].admits() == directory::v1::ADMITS_EMPLOYEES);
  CHECK(house.memberships[0].member() == house.members[0].name());
  CHECK(house.memberships[0].role() == directory::v1::ROLE_OWNER);
  CHECK(house.memberships[1].role() == directory::v1::ROLE_MEMBER);
  CHECK(house.memberships[1].create_time().seconds() == 110);
}

TEST_CASE("posts know their topic, number and author") {
  House house;
  LoadInto(house);
  CHECK(house.topics[0].title() == "Proof");
  CHECK(house.topics[0].author() == house.members[0].name());
  CHECK(house.posts[1].name().starts_with(house.topics[0].name() + "/posts/"));
  CHECK(house.posts[1].number() == 2);
  CHECK(house.posts[1].author() == house.members[1].name());
  CHECK(house.posts[1].markdown() == "second");
  CHECK(house.posts[1].create_time().seconds() == 110);
}

TEST_CASE("a text that is too long is cut, and told") {
  House house;
  const std::string longer(70 << 10, 'a');
  const ArchiveFixture fixture({{"1-maths/Proof.json", "[" + Message(10, 100, "Ada", longer) + "," +
                                                           Message(11, 110, "Ben", "b") + "]"}});
  const LoadListener quiet{[](const Plan&) {}, [](const importing::Count&) {}};
  const auto tally = Load(fixture.Packed(), "", house.methods(), house.send_posts(), quiet);
  REQUIRE(tally.ok());
  CHECK(tally->notes == std::vector<std::string>{"message 10: cut at 64 KiB of 70"});
  REQUIRE(house.posts.size() == 2);
  CHECK(house.posts[0].markdown().size() == importing::kMostTextBytes);
}

TEST_CASE("an error of a service ends the import") {
  House house;
  const ArchiveFixture fixture(kFiles);
  const LoadListener quiet{[](const Plan&) {}, [](const importing::Count&) {}};
  const auto refuse = [](const discussions::v1::ImportPostsRequest&, auto done) {
    done(absl::UnavailableError("away"));
  };
  const auto tally = Load(fixture.Packed(), "", house.methods(), refuse, quiet);
  CHECK(tally.status() == absl::UnavailableError("away"));
}

}  // namespace
}  // namespace guildhall::zulip
