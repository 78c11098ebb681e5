#include "tools/generators/permission_table.h"

#include <fstream>
#include <iterator>
#include <string>

#include <catch2/catch.hpp>

#include "tools/generators/contract_files.h"

namespace guildhall::generators {
namespace {

// Tests run at the root of the checkout.
std::string TableBy(const Decider& decide) {
  const auto contracts = ContractFiles::Read("protos");
  REQUIRE(contracts.ok());
  const auto table = PermissionTable((*contracts)->services(), (*contracts)->reasons(), decide);
  REQUIRE(table.ok());
  return *table;
}

std::string Committed() {
  std::ifstream file("tests/contracts/permissions.md");
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_CASE("the committed table is what the code decides (repair: tools/dev fmt)") {
  CHECK(TableBy(access::Decide) == Committed());
}

TEST_CASE("a right given to one more standing changes the table") {
  const auto generous = [](access::Permission permission, const access::Subject& subject,
                           const access::CommunityFacts* community, const access::ItemFacts* item) {
    const bool outsider = community != nullptr && community->role == Role::kNone;
    if (permission == access::Permission::kContentRead && outsider) {
      return access::Decision::kAllow;
    }
    return access::Decide(permission, subject, community, item);
  };
  CHECK(TableBy(generous) != Committed());
}

TEST_CASE("what a role may do to its own only is told apart") {
  const std::string table = TableBy(access::Decide);
  CHECK(table.find("own only") != std::string::npos);
}

// The row of an act, which the table has.
std::string RowOf(const std::string& table, const std::string& act) {
  const auto begin = table.find("\n| `" + act + "` | ");
  REQUIRE(begin != std::string::npos);
  return table.substr(begin + 1, table.find('\n', begin + 1) - begin - 1);
}

TEST_CASE("an act is told with the rules beyond its right, and what these mean") {
  const std::string table = TableBy(access::Decide);
  const std::string joining = RowOf(table, "MembershipService.JoinCommunity");
  CHECK(joining.find(" | JOIN_BY_REQUEST | ") != std::string::npos);
  CHECK(table.find("\n| JOIN_BY_REQUEST | directory | ") != std::string::npos);

  const std::string opening = RowOf(table, "DiscussionsService.CreateTopic");
  CHECK(opening.find(" | NOT_PERMITTED (also: to announce, to mention everyone), OWN_PRAISE | ") !=
        std::string::npos);
}

TEST_CASE("what is malformed, used up or in use is no rule") {
  const std::string posting = RowOf(TableBy(access::Decide), "DiscussionsService.CreatePost");
  CHECK(posting.find("TOPIC_CLOSED") != std::string::npos);
  for (const char* reason : {"FIELD_INVALID", "TOPIC_FULL", "BUSY"}) {
    CHECK(posting.find(reason) == std::string::npos);
  }
}

TEST_CASE("every act stands in the table once") {
  const auto contracts = ContractFiles::Read("protos");
  REQUIRE(contracts.ok());
  const std::string table = TableBy(access::Decide);
  for (const auto* service : (*contracts)->services()) {
    for (int i = 0; i < service->method_count(); ++i) {
      const std::string row = "\n| `" + service->name() + "." + service->method(i)->name() + "` | ";
      INFO(row);
      const auto at = table.find(row);
      REQUIRE(at != std::string::npos);
      CHECK(table.find(row, at + 1) == std::string::npos);
    }
  }
}

TEST_CASE("a folder with a broken contract is refused with the place") {
  const auto contracts = ContractFiles::Read("tests/contracts/broken");
  REQUIRE_FALSE(contracts.ok());
  CHECK(contracts.status().message().find("broken_service.proto:") != absl::string_view::npos);
}

}  // namespace
}  // namespace guildhall::generators
