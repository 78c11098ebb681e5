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

// A folder with three members and two communities, each file with one text replaced by another.
class SmallOrganization {
 public:
  SmallOrganization()
      : folder_(fs::temp_directory_path() / ("demo_test_" + std::to_string(getpid()))) {
    fs::create_directories(folder_ / "communities");
    fs::create_directories(folder_ / "members");
  }
  ~SmallOrganization() { fs::remove_all(folder_); }

  Reading Read(const std::string& was = "", const std::string& is = "") {
    Write("members.md", kMembers, was, is);
    Write("members/far.md", kFar, was, is);
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
  static constexpr char kFar[] =
      "# Far away\n\n- affiliation: EXTERNAL\n- location: Lima\n- hours: Mon 00:00-01:00\n"
      "- time zone: America/Lima\n\n"
      "## cy\n\n- name: Cy\n- joined: 2025-02-01 08:00\n- headline: Toasts\n";
  static constexpr char kBread[] =
      "# Bread\n\n- kind: PRACTICE\n- visibility: OPEN\n- admits: EVERYONE\n"
      "- founded: 2025-01-01 09:00\n- owners: ada\n- members: bo\n\nAbout bread.\n\n"
      "## Why does it sing?\n\n### bo, 2025-03-01 10:00\n\nIt crackles. Why?\n\n"
      "### ada, 2025-03-01 11:30\n\n```sh\n# listen\n```\n";
  static constexpr char kRye[] =
      "# Rye\n\n- kind: INTEREST\n- visibility: CLOSED\n- admits: EVERYONE\n- parent: bread\n"
      "- founded: 2025-01-02 09:00\n- owners: ada\n- everybody of: far\n\nAbout rye.\n";

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
       "members.md:14: `city:` is not known here, or written twice"},
      {"2025-02-01 08:00", "yesterday",
       "members.md:14: a time is written 2026-03-31 08:15, in UTC, not `yesterday`"},
      {"Europe/Oslo", "Europe/Atlantis", "members.md:14: `Europe/Atlantis` is no IANA time zone"},
      {"rye,\n  wheat", "rye, Rye", "members.md:3: skills names `Rye` twice"},
      {"- location: Oslo", "- location: Oslo\n- hours: from nine to five",
       "members.md:14: hours are written `Mon-Thu 07:00-15:30, Fri 07:00-12:00`, apart"},
      {"a long enough password", "too short",
       "members.md:14: a password has 15 characters or more"},
      {"- email: bo@shop.example\n", "",
       "members.md:14: who signs in has both an email and a password"},
      {"## bo", "## ada", "members.md:14: `ada` again"},
      {"admits: EVERYONE", "admits: EMPLOYEES",
       "communities/bread.md:1: admits employees only, and `bo` is EXTERNAL"},
      {"- owners: ada", "- moderators: ada", "communities/bread.md:1: has no owner"},
      {"- members: bo", "- members: bo, ada", "communities/bread.md:1: `ada` is listed twice"},
      {"- members: bo", "- members: dy", "communities/bread.md:1: `dy` is not among the members"},
      {"- headline: Toasts\n", "- headline: Toasts\n- email: cy@shop.example\n",
       "members/far.md:8: who signs in stands in members.md"},
      {"everybody of: far", "everybody of: near",
       "communities/rye.md:1: there is no members/near.md"},
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

TEST_CASE("each rule about topics, posts and what is done with them bites") {
  SmallOrganization small;
  const std::string topic = "## Why does it sing?\n", post = "It crackles.", head = "- owners: ada";
  const std::vector<std::array<std::string, 3>> examples = {
      {topic, topic + "\n- answer: 2\n", ":12: is no QUESTION and has an answer"},
      {topic, topic + "\n- kind: QUESTION\n- answer: 3\n",
       ":12: has no post 3 that could be its answer"},
      {topic, topic + "\n- kind: QUESTION\n- answer: two\n",
       ":12: `answer` takes the number of a post, not `two`"},
      {topic, topic + "\n- kind: PRAISE\n", ":12: a PRAISE, and nothing else, praises somebody"},
      {topic, topic + "\n- praises: ada\n", ":12: a PRAISE, and nothing else, praises somebody"},
      {topic, topic + "\n- kind: ANNOUNCEMENT\n",
       ":12: is announced by somebody who does not keep order here"},
      {topic, topic + "\n- pinned: perhaps\n", ":12: `pinned` takes `yes`, not `perhaps`"},
      {topic, topic + "\n- closed by: cy\n", ":12: `cy` does not belong to this community"},
      {topic, topic + "\n- moved to: cake\n", ":12: there is no communities/cake.md"},
      {topic, topic + "\n- moved to: rye\n", ":12: nobody who can sign in keeps order in both"},
      {topic, topic + "\n- removed: Loud.\n", ":12: nobody who can sign in keeps order here"},
      {post, "+ to: 1\n\n" + post, ":14: answers a post that does not stand before it"},
      {post, "+ like: cy\n\n" + post, ":14: `cy` does not belong to this community"},
      {post, "+ like: ada, ada\n\n" + post, ":14: `ada` reacts twice"},
      {post, "+ removed: Loud.\n\n" + post, ":14: goes with its topic"},
      {head, head + "\n- purpose: Bread.", ":1: no owner can sign in to write the charter"},
      {head, head + "\n- formerly: Loaves", ":1: no owner can sign in to rename it"},
      {head, head + "\n- formerly: Bread", ":1: was never called otherwise"},
      {head, head + "\n- banned: bo: Loud.", ":1: `bo` belongs to it"},
      {head, head + "\n- banned: cy: Loud.", ":1: nobody who can sign in keeps order here"},
      {head, head + "\n- invited: dy: Come.", ":1: `dy` is not among the members"},
      {head, head + "\n- asks to join: cy: Please.", ":1: `cy` cannot sign in to ask"},
      {head, head + "\n- asks to join: cy: Please.", ":1: takes no requests: it is not CLOSED"},
      {head, head + "\n- asks to join: cy",
       ":1: `- asks to join:` is written `member: what is said`"},
  };
  for (const auto& [was, is, finding] : examples) {
    const std::vector<std::string> findings = small.Findings(was, is);
    INFO(is);
    CHECK_THAT(findings, Catch::Matchers::VectorContains("communities/bread.md" + finding));
  }
}

TEST_CASE("what a file of members says at its head holds for all of them") {
  SmallOrganization small;
  const Organization organization = small.Read().organization;
  CHECK(organization.FindMember("cy")->location == "Lima");
  CHECK(organization.FindMember("cy")->hours.at(0).end_minute() == 60);
  CHECK(organization.FindCommunity("rye")->RoleOf("cy") == directory::v1::ROLE_MEMBER);
}

TEST_CASE("what stands before a post's text is about the post") {
  SmallOrganization small;
  const Reading reading =
      small.Read("### ada, 2025-03-01 11:30\n\n",
                 "### ada, 2025-03-01 11:30\n\n+ to: 1\n+ thanks: bo\n\n- a list\n\n");
  CHECK(reading.findings == std::vector<std::string>{});
  const Post& post = reading.organization.FindCommunity("bread")->topics[0].posts[1];
  CHECK(post.reply_to == 1);
  CHECK(post.reactions.at(0).member == "bo");
  CHECK(post.markdown == "- a list\n\n```sh\n# listen\n```");
}

TEST_CASE("the demo organization keeps every rule") {
  CHECK(ReadOrganization("deploy/demo").findings == std::vector<std::string>{});
}

// How many communities lie above it, itself included.
int DepthOf(const Organization& organization, const Community* community) {
  int depth = 0;
  for (; community != nullptr; ++depth) community = organization.FindCommunity(community->parent);
  return depth;
}

TEST_CASE("the demo organization is as large and as various as promised") {
  const Organization organization = ReadOrganization("deploy/demo").organization;
  CHECK(organization.members.size() == 300);
  CHECK(organization.communities.size() == 24);
  std::set<int> kinds, visibilities, admits;
  int depth = 0, charters = 0, requests = 0, invitations = 0, bans = 0;
  for (const Community& community : organization.communities) {
    kinds.insert(community.kind);
    visibilities.insert(community.visibility);
    admits.insert(community.admits);
    depth = std::max(depth, DepthOf(organization, &community));
    charters += community.charter.written();
    requests += !community.requests.empty();
    invitations += !community.invitations.empty();
    bans += !community.bans.empty();
  }
  CHECK(kinds.size() == 5);
  CHECK(visibilities.size() == 3);
  CHECK(admits.size() == 2);
  CHECK(depth == 5);
  CHECK(charters == 24);
  CHECK(requests >= 3);
  CHECK(invitations >= 3);
  CHECK(bans >= 1);
}

TEST_CASE("the demo organization shows what profiles and communities say of themselves") {
  const Organization organization = ReadOrganization("deploy/demo").organization;
  int pronouns = 0, hours = 0, places = 0, renamed = 0;
  for (const Member& member : organization.members) {
    pronouns += !member.pronouns.empty();
    hours += !member.hours.empty();
  }
  for (const Community& community : organization.communities) {
    places += !community.location.empty();
    renamed += !community.former_name.empty();
  }
  CHECK(pronouns >= 10);
  CHECK(hours >= 100);
  CHECK(hours < static_cast<int>(organization.members.size()));
  CHECK(places >= 5);
  CHECK(renamed >= 1);
}

TEST_CASE("the demo organization shows what topics and posts can be") {
  std::set<int> kinds, reactions;
  int answered = 0, pinned = 0, closed = 0, moved = 0, removed = 0, replies = 0;
  for (const Community& community : ReadOrganization("deploy/demo").organization.communities) {
    for (const Topic& topic : community.topics) {
      kinds.insert(topic.kind);
      answered += topic.answer > 0;
      pinned += topic.pinned;
      closed += !topic.closer.empty();
      moved += !topic.moved_to.empty();
      removed += !topic.removed.empty();
      for (const Post& post : topic.posts) {
        replies += post.reply_to > 0;
        removed += !post.removed.empty();
        for (const Reaction& reaction : post.reactions) reactions.insert(reaction.kind);
      }
    }
  }
  CHECK(kinds.size() == 4);
  CHECK(reactions.size() == 6);
  CHECK(answered >= 20);
  CHECK(pinned >= 10);
  CHECK(closed >= 3);
  CHECK(moved >= 1);
  CHECK(removed >= 2);
  CHECK(replies >= 20);
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

TEST_CASE("some people of the demo organization can sign in, a few of them from outside") {
  const Organization organization = ReadOrganization("deploy/demo").organization;
  std::multiset<directory::v1::Affiliation> accounts;
  for (const Member& member : organization.members) {
    if (!member.email.empty()) accounts.insert(member.affiliation);
  }
  CHECK(accounts.size() == 17);
  CHECK(accounts.count(directory::v1::AFFILIATION_EXTERNAL) == 4);
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
