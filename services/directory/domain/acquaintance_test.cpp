#include "services/directory/domain/acquaintance.h"

#include <catch2/catch.hpp>

namespace guildhall::directory {
namespace {

using Viewer = Ground::Viewer;

constexpr Ground kForum{Visibility::kOpen, Admits::kEveryone};
constexpr Ground kVault{Visibility::kSecret, Admits::kEveryone};

Known KnownToExternal(std::vector<Ground> grounds) {
  return Knows({.viewer = Affiliation::kExternal, .grounds = std::move(grounds)});
}

TEST_CASE("an employee knows everybody") {
  CHECK(Knows({.viewer = Affiliation::kEmployee}) == Known::kProfile);
  CHECK(Knows({.viewer = Affiliation::kEmployee, .grounds = {kVault}}) == Known::kProfile);
}

TEST_CASE("an external knows itself, and of others nobody whom it meets nowhere") {
  CHECK(Knows({.with = Acquaintance::With::kItself, .viewer = Affiliation::kExternal}) ==
        Known::kProfile);
  CHECK(KnownToExternal({}) == Known::kNothing);
}

TEST_CASE("an external knows those with whom it shares a community, of whatever kind") {
  for (const auto visibility : {Visibility::kOpen, Visibility::kClosed, Visibility::kSecret}) {
    for (const Admits admits : {Admits::kEmployees, Admits::kEveryone}) {
      CHECK(KnownToExternal({{visibility, admits, Viewer::kMember}}) == Known::kProfile);
    }
  }
  CHECK(KnownToExternal({kVault, kForum, {kVault.visibility, kVault.admits, Viewer::kMember}}) ==
        Known::kProfile);
}

TEST_CASE("of who belongs where everybody reads an external knows the name") {
  CHECK(KnownToExternal({kForum}) == Known::kName);
  CHECK(KnownToExternal({kVault, kForum}) == Known::kName);
  CHECK(KnownToExternal({{Visibility::kClosed, Admits::kEveryone}}) == Known::kNothing);
  CHECK(KnownToExternal({{Visibility::kOpen, Admits::kEmployees}}) == Known::kNothing);
  CHECK(KnownToExternal({kVault}) == Known::kNothing);
}

TEST_CASE("an external that is banned reads no names there") {
  CHECK(KnownToExternal({{Visibility::kOpen, Admits::kEveryone, Viewer::kBanned}}) ==
        Known::kNothing);
}

TEST_CASE("whoever is no member of the organization knows nobody, not even itself") {
  CHECK(Knows({.with = Acquaintance::With::kItself,
               .grounds = {{Visibility::kOpen, Admits::kEveryone, Viewer::kMember}}}) ==
        Known::kNothing);
}

}  // namespace
}  // namespace guildhall::directory
