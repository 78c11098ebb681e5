#include "tools/import/demo/lately.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

namespace guildhall::demo {
namespace {

// Ada, who can sign in, and Bo, who cannot, with a topic of hers.
Organization Small() {
  Organization organization;
  organization.members = {{.key = "ada", .email = "ada@shop.example"}, {.key = "bo"}};
  Topic topic{.title = "Steam: how much?", .posts = {{.author = "ada"}, {.author = "bo"}}};
  organization.communities = {{.key = "bread", .topics = {topic}}};
  return organization;
}

// The file with these parts, read into the small organization.
Organization With(const std::string& file) {
  Organization organization = Small();
  std::vector<std::string> findings;
  FileReader reader(kLately, findings);
  organization.lately = ReadLately(reader, CutAtHeadings(file));
  CHECK(findings == std::vector<std::string>{});
  return organization;
}

constexpr char kHead[] = "# Lately\n\n## Ada does it\n\n- who: ada\n- calls: a.v1.B/C\n";

std::vector<nlohmann::json> RequestsOf(const Organization& organization) {
  const Accounts nobody;
  std::vector<nlohmann::json> requests;
  for (const Deed& deed : MakeLately(organization, Names(organization, nobody))) {
    requests.push_back(nlohmann::json::parse(deed.request));
  }
  return requests;
}

TEST_CASE("a request names things as the files do, in its texts, too") {
  const Organization organization =
      With(std::string(kHead) +
           "\n```json\n{\"who\": \"<member bo>\", \"text\": \"[@Bo](<member bo>) 1 < 2\"}\n```");
  REQUIRE(CheckLately(organization).empty());
  const nlohmann::json request = RequestsOf(organization).at(0);
  const std::string bo = request["who"];
  CHECK(bo.starts_with("members/"));
  CHECK(request["text"] == "[@Bo](" + bo + ") 1 < 2");
}

TEST_CASE("a call is one deed for each who makes it, with a request id of its own each") {
  Organization organization = With(std::string(kHead) +
                                   "\n```json\n{\"topic\": \"<topic bread: Steam: how much?>\", "
                                   "\"post\": \"<post bread 2: Steam: how much?>\", "
                                   "\"requestId\": \"<request>\"}\n```");
  organization.members[1].email = "bo@shop.example";
  organization.lately[0].who = {"ada", "bo"};
  REQUIRE(CheckLately(organization).empty());
  const std::vector<nlohmann::json> requests = RequestsOf(organization);
  REQUIRE(requests.size() == 2);
  CHECK(requests[0]["requestId"] != requests[1]["requestId"]);
  const std::string topic = requests[0]["topic"], post = requests[0]["post"];
  CHECK(topic.starts_with("topics/"));
  CHECK(post.starts_with(topic + "/posts/"));
}

TEST_CASE("a later call names what an earlier one made") {
  const Organization organization =
      With(std::string(kHead) + "- as: poll\n\n```json\n{}\n```\n" +
           "\n## She votes\n\n- who: ada\n- calls: a.v1.B/D\n\n{\"topic\": \"<made poll>\"}\n");
  REQUIRE(CheckLately(organization).empty());
  const Accounts nobody;
  const std::vector<Deed> deeds = MakeLately(organization, Names(organization, nobody));
  CHECK(nlohmann::json::parse(deeds[1].request)["topic"] == "${" + deeds[0].id + "}");
  CHECK(deeds[0].done_reasons.empty());
}

TEST_CASE("each rule about what is done lately bites") {
  const auto finding = [](const std::string& facts, const std::string& request) {
    const std::vector<std::string> findings = CheckLately(
        With("## It is done\n\n- calls: a.v1.B/C\n" + facts + "\n```json\n" + request + "\n```"));
    return findings.empty() ? "" : findings.front();
  };
  CHECK(finding("- who: bo\n", "{}") == "lately.md:1: `bo` cannot sign in");
  CHECK(finding("- who: ada\n", "{") == "lately.md:1: is followed by no request in JSON");
  CHECK(finding("- who: ada, ada\n- as: it\n", "{}") == "lately.md:1: is made by more than one");
  for (const std::string unknown :
       {"<member cy>", "<community rye>", "<topic bread: Rye?>", "<post bread 3: Steam: how much?>",
        "<post bread: Steam: how much?>", "<made poll>", "<topic bread>", "<word>"}) {
    CHECK(finding("- who: ada\n", "{\"a\": [\"" + unknown + "\"]}") ==
          "lately.md:1: there is no " + unknown);
  }
}

}  // namespace
}  // namespace guildhall::demo
