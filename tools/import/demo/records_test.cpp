#include "tools/import/demo/records.h"

#include <catch2/catch.hpp>
#include <set>

#include "libs/resources/names.h"

namespace guildhall::demo {
namespace {

const Organization& DemoOrganization() {
  static const Organization organization = ReadOrganization("deploy/demo").organization;
  return organization;
}

template <typename Record>
std::set<std::string> Names(const std::vector<Record>& records) {
  std::set<std::string> names;
  for (const Record& record : records) names.insert(record.name());
  return names;
}

TEST_CASE("the same organization gives the same records") {
  const Records one = MakeRecords(DemoOrganization(), {});
  const Records other = MakeRecords(DemoOrganization(), {});
  CHECK(Names(one.members) == Names(other.members));
  CHECK(Names(one.communities) == Names(other.communities));
  CHECK(Names(one.topics) == Names(other.topics));
  CHECK(Names(one.posts) == Names(other.posts));
}

TEST_CASE("no two records share a name") {
  const Records records = MakeRecords(DemoOrganization(), {});
  CHECK(Names(records.members).size() == records.members.size());
  CHECK(Names(records.communities).size() == records.communities.size());
  CHECK(Names(records.topics).size() == records.topics.size());
  CHECK(Names(records.posts).size() == records.posts.size());
}

TEST_CASE("an account takes the place of its member everywhere") {
  const MemberId account = *MemberId::Parse("01890a5d-ac96-774b-bcce-b302099a8057");
  const std::string name = resources::Name(account);
  const Records without = MakeRecords(DemoOrganization(), {});
  const Records with = MakeRecords(DemoOrganization(), {{"adaeze", account}});
  std::string before;
  for (std::size_t i = 0; i < with.members.size(); ++i) {
    if (with.members[i].name() == name) before = without.members[i].name();
  }
  REQUIRE(!before.empty());
  for (std::size_t i = 0; i < with.posts.size(); ++i) {
    CHECK((with.posts[i].author() == name) == (without.posts[i].author() == before));
  }
  for (std::size_t i = 0; i < with.memberships.size(); ++i) {
    CHECK((with.memberships[i].member() == name) == (without.memberships[i].member() == before));
  }
  CHECK(Names(with.posts) == Names(without.posts));
}

TEST_CASE("parents come before their children") {
  std::set<std::string> seen;
  int children = 0;
  for (const auto& community : MakeRecords(DemoOrganization(), {}).communities) {
    if (!community.parent().empty()) {
      CHECK(seen.count(community.parent()) == 1);
      ++children;
    }
    seen.insert(community.name());
  }
  CHECK(children >= 4);
}

TEST_CASE("posts are numbered from 1 on within their topic") {
  const Records records = MakeRecords(DemoOrganization(), {});
  std::string topic;
  int number = 0;
  for (const auto& post : records.posts) {
    const std::string its_topic = post.name().substr(0, post.name().find("/posts/"));
    number = its_topic == topic ? number + 1 : 1;
    topic = its_topic;
    CHECK(post.number() == number);
  }
}

}  // namespace
}  // namespace guildhall::demo
