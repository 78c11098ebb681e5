#include "tools/import/demo/organization.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "tools/import/demo/parts.h"
#include "tools/import/demo/records.h"
#include "tools/import/text_limit.h"

namespace guildhall::demo {
namespace {

namespace fs = std::filesystem;

// A folder with two members and one community, each file with one text replaced by another.
class SmallOrganization {
 public:
  SmallOrganization()
      : folder_(fs::temp_directory_path() / ("demo_test_" + std::to_string(getpid()))) {
    fs::create_directories(folder_ / "communities");
  }
  ~SmallOrganization() { fs::remove_all(folder_); }

  Reading Read(const std::string& was = "", const std::string& is = "") {
    Write("members.md", kMembers, was, is);
    Write("communities/bread.md", kBread, was, is);
    Write("communities/rye.md", kRye, was, is);
    return ReadOrganization(folder_);
  }
  std::vector<std::string> Findings(const std::string& was = "", const std::string& is = "") {
    return Read(was, is).findings;
  }

 private:
  void Write(const std::string& name, std::string text, const std::string& was,
             const std::string& is) {
    if (!was.empty()) absl::StrReplaceAll({{was, is}}, &text);
    std::ofstream(folder_ / name) << text;
  }

  static constexpr char kMembers[] =
      "# Members\n\n"
      "## ada\n\n- name: Ada\n- affiliation: EMPLOYEE\n- joined: 2025-01-01 08:00\n"
      "- headline: Bakes\n- location: Porto\n- time zone: Europe/Lisbon\n- skills: rye,\n  "
      "wheat\n\n"
      "## bo\n\n- name: Bo\n- affiliation: EXTERNAL\n- joined: 2025-02-01 08:00\n"
      "- headline: Eats\n- location: Oslo\n- time zone: Europe/Oslo\n"
      "- email: bo@shop.example\n- password: a long enough password\n";
  static constexpr char kBread[] =
      "# Bread\n\n- kind: PRACTICE\n- visibility: OPEN\n- admits: EVERYONE\n"
      "- founded: 2025-01-01 09:00\n- owners: ada\n- members: bo\n\nAbout bread.\n\n"
      "## Why does it sing?\n\n### bo, 2025-03-01 10:00\n\nIt crackles. Why?\n\n"
      "### ada, 2025-03-01 11:30\n\n```sh\n# listen\n```\n";
  static constexpr char kRye[] =
      "# Rye\n\n- kind: INTEREST\n- visibility: CLOSED\n- admits: EVERYONE\n- parent: bread\n"
      "- founded: 2025-01-02 09:00\n- owners: ada\n\nAbout rye.\n";

  fs::path folder_;
};

TEST_CASE("a heading inside a fence is text") {
  const std::vector<Part> parts = CutAtHeadings("# A\n\n```\n# not one\n```\n## B\n#### deep\n");
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].text == "```\n# not one\n```");
  CHECK(parts[1].text == "#### deep");
  CHECK(parts[1].line == 6);
}

TEST_CASE("facts end where the list ends, and a value may go on in the next line") {
  Facts facts = TakeFacts("- a: 1\n- b: 2,\n  3\n\nText\n- c: 4");
  CHECK(facts.Take("b") == "2, 3");
  CHECK(facts.Take("c") == std::nullopt);
  CHECK(facts.rest == "Text\n- c: 4");
}

TEST_CASE("a small organization is read as it is written") {
  SmallOrganization small;
  CHECK(small.Findings() == std::vector<std::string>{});
}

TEST_CASE("a post that is too long is cut, and told") {
  SmallOrganization small;
  const Reading reading = small.Read("It crackles.", std::string(70 << 10, 'a'));
  CHECK(reading.findings == std::vector<std::string>{});
  CHECK(reading.notes == std::vector<std::string>{"communities/bread.md:14: cut at 64 KiB of 70"});
  const Post& post = reading.organization.communities[0].topics[0].posts[0];
  CHECK(post.markdown.size() == importing::kMostTextBytes);
}

TEST_CASE("each rule of the demo organization bites") {
  SmallOrganization small;
  const std::vector<std::array<std::string, 3>> examples = {
      {"- name: Bo\n", "", "members.md:14: `- name: ...` is missing"},
      {"EXTERNAL", "FRIEND", "members.md:14: `FRIEND` is no value of AFFILIATION_..."},
      {"- location: Oslo", "- city: Oslo",
       "members.md:14: `- city:` is not known here, or written twice"},
      {"2025-02-01 08:00", "yesterday",
       "members.md:14: a time is written 2026-03-31 08:15, in UTC, not `yesterday`"},
      {"Europe/Oslo", "Europe/Atlantis", "members.md:14: `Europe/Atlantis` is no IANA time zone"},
      {"rye,\n  wheat", "rye, Rye", "members.md:3: skills names `Rye` twice"},
      {"a long enough password", "too short",
       "members.md:14: a password has 15 characters or more"},
      {"- email: bo@shop.example\n", "",
       "members.md:14: who signs in has both an email and a password"},
      {"## bo", "## ada", "members.md:14: `ada` again"},
      {"admits: EVERYONE", "admits: EMPLOYEES",
       "communities/bread.md:1: admits employees only, and `bo` is EXTERNAL"},
      {"- owners: ada", "- moderators: ada", "communities/bread.md:1: has no owner"},
      {"- members: bo", "- members: bo, ada", "communities/bread.md:1: `ada` is listed twice"},
      {"- members: bo", "- members: cy", "communities/bread.md:1: `cy` is not in members.md"},
      {"- members: bo",
       "- moderators:", "communities/bread.md:14: `bo` does not belong to this community"},
      {"visibility: OPEN", "visibility: SECRET",
       "communities/rye.md:1: is open to more people than its parent"},
      {"parent: bread", "parent: cake", "communities/rye.md:1: there is no communities/cake.md"},
      {"2025-01-02 09:00", "2024-01-02 09:00",
       "communities/rye.md:1: was founded before its parent"},
      {"bo, 2025-03-01", "bo, 2025-01-15", "communities/bread.md:14: `bo` had not joined yet"},
      {"### ada, 2025-03-01 11:30", "### ada, 2025-03-01 10:00",
       "communities/bread.md:18: is not later than the post before"},
      {"### ada, 2025-03-01 11:30", "### ada",
       "communities/bread.md:18: a post begins with `### member, 2026-03-31 08:15`"},
      {"It crackles. Why?\n", "", "communities/bread.md:14: has no text"},
      {"## Why does it sing?\n", "## Why does it sing?\n\nBecause.\n",
       "communities/bread.md:12: the text of a topic stands in its posts"},
      {"## Why", "## Else\n\n### bo, 2025-03-01 10:00\n\nElse?\n\n## Why",
       "communities/bread.md:18: its author opened another topic in the same minute"},
      {"# Bread", "### Bread", "communities/bread.md:1: a community begins with `# Its name`"},
  };
  for (const auto& [was, is, finding] : examples) {
    const std::vector<std::string> findings = small.Findings(was, is);
    INFO(was << " -> " << is);
    CHECK_THAT(findings, Catch::Matchers::VectorContains(finding));
  }
}

TEST_CASE("the demo organization keeps every rule") {
  CHECK(ReadOrganization("deploy/demo").findings == std::vector<std::string>{});
}

TEST_CASE("the demo organization is as large and as various as promised") {
  const Organization organization = ReadOrganization("deploy/demo").organization;
  CHECK(organization.members.size() >= 38);
  CHECK(organization.members.size() <= 45);
  CHECK(organization.communities.size() == 12);
  std::set<int> kinds, visibilities, admits;
  int topics = 0, posts = 0, sub_communities = 0, below_those = 0;
  for (const Community& community : organization.communities) {
    kinds.insert(community.kind);
    visibilities.insert(community.visibility);
    admits.insert(community.admits);
    topics += static_cast<int>(community.topics.size());
    for (const Topic& topic : community.topics) posts += static_cast<int>(topic.posts.size());
    if (const Community* parent = organization.FindCommunity(community.parent)) {
      ++sub_communities;
      below_those += !parent->parent.empty();
    }
  }
  CHECK(kinds.size() == 5);
  CHECK(visibilities.size() == 3);
  CHECK(admits.size() == 2);
  CHECK(topics >= 50);
  CHECK(posts >= 300);
  CHECK(sub_communities >= 4);
  CHECK(below_those >= 2);
}

TEST_CASE("the demo's README counts right") {
  const Records records = MakeRecords(ReadOrganization("deploy/demo").organization, {});
  std::ifstream file("deploy/demo/README.md");
  const std::string readme{std::istreambuf_iterator<char>(file), {}};
  const std::string told =
      absl::StrCat(records.members.size(), " members|", records.communities.size(), " communities|",
                   records.topics.size(), " topics, ", records.posts.size(), " posts");
  for (const absl::string_view part : absl::StrSplit(told, '|')) {
    CHECK_THAT(readme, Catch::Contains(std::string(part)));
  }
}

TEST_CASE("three people of the demo organization can sign in, one of them from outside") {
  const Organization organization = ReadOrganization("deploy/demo").organization;
  std::multiset<directory::v1::Affiliation> accounts;
  for (const Member& member : organization.members) {
    if (!member.email.empty()) accounts.insert(member.affiliation);
  }
  CHECK(accounts.size() == 3);
  CHECK(accounts.count(directory::v1::AFFILIATION_EXTERNAL) == 1);
}

TEST_CASE(
    "everybody in the demo organization belongs somewhere and nobody writes out of its time") {
  const Organization organization = ReadOrganization("deploy/demo").organization;
  std::set<std::string> belonging;
  absl::Time first = absl::InfiniteFuture(), last = absl::InfinitePast();
  for (const Community& community : organization.communities) {
    for (const Participant& participant : community.participants)
      belonging.insert(participant.member);
    for (const Topic& topic : community.topics) {
      first = std::min(first, topic.posts.front().time);
      last = std::max(last, topic.posts.back().time);
    }
  }
  CHECK(belonging.size() == organization.members.size());
  CHECK(first > absl::FromCivil(absl::CivilDay(2025, 5, 1), absl::UTCTimeZone()));
  CHECK(last < absl::FromCivil(absl::CivilDay(2026, 11, 1), absl::UTCTimeZone()));
}

}  // namespace
}  // namespace guildhall::demo
