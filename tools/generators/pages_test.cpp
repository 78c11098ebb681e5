#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

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
  const auto page = LimitsPage({&file, 1}, {});
  REQUIRE(page.ok());
  return *page;
}

// All files of services/*/api that are no tests.
std::vector<ApiFile> ApiOfServices() {
  std::vector<ApiFile> api;
  for (const std::string service : {"identity", "directory", "discussions", "gateway"}) {
    for (const auto& entry : std::filesystem::directory_iterator("services/" + service + "/api")) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path());
      api.push_back({service, entry.path().filename(), {std::istreambuf_iterator<char>(file), {}}});
    }
  }
  return api;
}

// "30, at most 100" of a field's comment "At most 100; 0 means 30."; nothing if it says no such.
std::string SizeTold(const google::protobuf::FieldDescriptor& field) {
  google::protobuf::SourceLocation location;
  std::smatch found;
  if (!field.GetSourceLocation(&location)) return "";
  const bool told = std::regex_search(location.leading_comments, found,
                                      std::regex("At most ([0-9]+); 0 means ([0-9]+)\\."));
  return told ? found[2].str() + ", at most " + found[1].str() : "";
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

TEST_CASE("a rule against guessing is told as what it does to whoever goes on") {
  const std::string page = LimitsOf(
      "// Five mistakes.\n"
      "inline constexpr ThrottleRule kSignIns{\n"
      "    .free = 5, .drain_per_hour = 3'600, .first_delay = absl::Milliseconds(100),\n"
      "    .max_delay = absl::Minutes(5)};\n");
  CHECK(StrContains(page,
                    "<tr><td>sign ins<td>5 at once, 3,600 an hour in the long run; beyond, a wait "
                    "of 100 milliseconds that doubles up to 5 minutes<td><p>Five mistakes.</p>"));
}

TEST_CASE("the size of a method's pages is told by the method, also where several share it") {
  const LimitsFile limits{"bakery", ""};
  const ApiFile api[] = {
      {"bakery", "paging.h", "inline constexpr rpc::PageSize kLoafPage{.usual = 3, .most = 7};"},
      {"bakery", "list_loaves.cpp", "Page::Of(call, kLoafPage));"},
      {"bakery", "list_all_cakes.cpp", "constexpr rpc::PageSize kSize{.usual = 1, .most = 20};"},
      {"bakery", "get_loaf.cpp", "return loaf;"},
      {"mill", "list_flour.cpp", "constexpr rpc::PageSize kSize{.usual = 1, .most = 2};"}};
  const auto page = LimitsPage({&limits, 1}, api);
  REQUIRE(page.ok());
  CHECK(StrContains(*page,
                    "<tr><td>ListAllCakes<td>1, at most 20\n"
                    "<tr><td>ListLoaves<td>3, at most 7\n</table>"));
  CHECK(!StrContains(*page, "GetLoaf"));
  CHECK(!StrContains(*page, "ListFlour"));
}

TEST_CASE("pages have the sizes that their contracts promise") {
  const auto contracts = ContractFiles::Read("protos");
  REQUIRE(contracts.ok());
  const std::vector<ApiFile> api = ApiOfServices();
  int told = 0;
  for (const auto* service : (*contracts)->services()) {
    const std::string package = service->file()->package();
    const std::string name = package.substr(10, package.size() - 13);  // guildhall.….v1
    const LimitsFile limits{name, ""};
    const auto page = LimitsPage({&limits, 1}, api);
    REQUIRE(page.ok());
    for (int i = 0; i < service->method_count(); ++i) {
      const auto* method = service->method(i);
      const auto* field = method->input_type()->FindFieldByName("page_size");
      if (field == nullptr) continue;
      const std::string size = SizeTold(*field);
      INFO(method->full_name());
      REQUIRE(!size.empty());
      CHECK(StrContains(*page, "<tr><td>" + method->name() + "<td>" + size + "\n"));
      ++told;
    }
  }
  CHECK(told >= 30);
}

TEST_CASE("a limit that the page cannot tell stops the build") {
  const LimitsFile file{"bakery", "inline constexpr int kMany = kFew * 2;\n"};
  CHECK(!LimitsPage({&file, 1}, {}).ok());
}

}  // namespace
}  // namespace guildhall::generators
