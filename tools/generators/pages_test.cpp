#include <catch2/catch.hpp>
#include <regex>
#include <set>
#include <string>

#include "absl/strings/match.h"
#include "tools/generators/contract_files.h"
#include "tools/generators/html.h"
#include "tools/generators/limits_page.h"
#include "tools/generators/reference_page.h"

namespace guildhall::generators {
namespace {

using absl::StrContains;

std::string Reference() {
  const auto contracts = ContractFiles::Read("protos");  // tests run at the root of the checkout
  REQUIRE(contracts.ok());
  const auto page = ReferencePage((*contracts)->services(), (*contracts)->reasons());
  REQUIRE(page.ok());
  return *page;
}

std::string LimitsOf(const std::string& header) {
  const LimitsFile file{"bakery", header};
  const auto page = LimitsPage({&file, 1});
  REQUIRE(page.ok());
  return *page;
}

TEST_CASE("the reference says of each method what its contract says") {
  const std::string page = Reference();
  CHECK(StrContains(page, "<h3 id=\"guildhall.directory.v1.DirectoryService.GetMember\">"));
  CHECK(StrContains(page, "POST /guildhall.directory.v1.DirectoryService/GetMember"));
  CHECK(StrContains(
      page, "<p>Cost: one row. Fails with: <a href=\"#guildhall.policy.v1.FIELD_INVALID\">"));
  CHECK(StrContains(page, "<a href=\"#guildhall.policy.v1.Permission.PERMISSION_MEMBER_READ\">"));
  CHECK(StrContains(page, "a stream of <a href=\"#guildhall.gateway.v1.SubscribeResponse\">"));
  CHECK(StrContains(page, "<tr><td><code>pageToken</code>"));
}

TEST_CASE("what services say to each other is no part of the reference") {
  CHECK(!StrContains(Reference(), "Internal"));
}

TEST_CASE("every link of the reference leads somewhere, and nowhere twice") {
  const std::string page = Reference();
  std::multiset<std::string> anchors;
  const std::regex anchor("id=\"([^\"]+)\""), link("href=\"#([^\"]+)\"");
  for (auto it = std::sregex_iterator(page.begin(), page.end(), anchor);
       it != std::sregex_iterator(); ++it) {
    anchors.insert((*it)[1]);
  }
  CHECK(std::set<std::string>(anchors.begin(), anchors.end()).size() == anchors.size());
  for (auto it = std::sregex_iterator(page.begin(), page.end(), link); it != std::sregex_iterator();
       ++it) {
    CAPTURE((*it)[1].str());
    CHECK(anchors.contains((*it)[1]));
  }
}

TEST_CASE("a comment becomes paragraphs in which reasons are links") {
  CHECK(
      Paragraphs(" One\n two.\n\n Fails with: BUSY, `a<b`.\n * BUSYBODY\n", {{"BUSY", "a.BUSY"}}) ==
      "<p>One two.</p>\n<p>Fails with: <a href=\"#a.BUSY\"><code>BUSY</code></a>, "
      "<code>a&lt;b</code>.</p>\n<p>* BUSYBODY</p>\n");
}

TEST_CASE("a limit is told by its name in words, its value and its reason") {
  const std::string page = LimitsOf(
      "#pragma once\n// What it takes.\n\n// So that it fits a line.\n"
      "inline constexpr TextRule kDisplayName{.min_length = 1, .max_length = 1'200};\n\n"
      "inline constexpr TextRule kNote{.max_length = 30,\n"
      "                                .shape = TextRule::kLines};\n"
      "inline constexpr TextRule kRemark = kNote;\n"
      "inline constexpr int kMaxPosts = 10'000;\n"
      "inline constexpr Bytes kMaxSize = KiB(64);\n"
      "inline constexpr absl::Duration kSoon = absl::Minutes(30);\n"
      "inline constexpr absl::Duration kOnce = absl::Hours(1);\n"
      "inline constexpr absl::Duration kLate = absl::Hours(30 * 24);\n");
  CHECK(StrContains(page,
                    "<tr><td>display name<td>1 to 1,200 characters, one line<td>"
                    "<p>So that it fits a line.</p>"));
  CHECK(StrContains(page, "<tr><td>note<td>0 to 30 characters, several lines<td><tr>"));
  CHECK(StrContains(page, "<tr><td>remark<td>as note<td>"));
  CHECK(StrContains(page, "<tr><td>max posts<td>10,000<td>"));
  CHECK(StrContains(page, "<td>64 KiB<td>"));
  CHECK(StrContains(page, "<td>30 minutes<td>"));
  CHECK(StrContains(page, "<td>1 hour<td>"));
  CHECK(StrContains(page, "<td>30 days<td>"));
}

TEST_CASE("a limit that the page cannot tell stops the build") {
  const LimitsFile file{"bakery", "inline constexpr int kMany = kFew * 2;\n"};
  CHECK(!LimitsPage({&file, 1}).ok());
}

}  // namespace
}  // namespace guildhall::generators
