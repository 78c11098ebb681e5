#include "services/directory/domain/importing.h"

#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "guildhall/directory/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::directory {
namespace {

CommunityId Id(int n) {
  return *CommunityId::Parse(absl::StrCat("018f0000-0000-8000-8000-00000000000", n));
}

Community Open(int n, std::optional<int> parent = {}) {
  Community community{.id = Id(n), .profile = {.display_name = "Bakers"}};
  if (parent) community.parent = Id(*parent);
  return community;
}

// A tree of which each stands below the one before.
std::vector<Community> Chain(int length) {
  std::vector<Community> chain{Open(1)};
  for (int n = 2; n <= length; ++n) chain.push_back(Open(n, n - 1));
  return chain;
}

TEST_CASE("an import founds communities up to five deep") {
  CHECK(CheckImporting(Chain(5), {}).ok());
  const absl::Status deep = CheckImporting(Chain(6), {});
  CHECK(Is(deep, reasons::kNestedTooDeep));
  CHECK(absl::StrContains(deep.message(), Id(6).ToString()));
}

TEST_CASE("an import opens no community to more people than the one above it") {
  std::vector<Community> tree = Chain(2);
  tree[0].profile.visibility = Visibility::kClosed;
  CHECK(Is(CheckImporting(tree, {}), reasons::kWiderThanParent));
  tree[1].profile.visibility = Visibility::kClosed;
  CHECK(CheckImporting(tree, {}).ok());
  tree[1].profile.admits = Admits::kEveryone;
  CHECK(Is(CheckImporting(tree, {}), reasons::kWiderThanParent));
}

TEST_CASE("an import founds below what stands by the same rule") {
  LockedCommunity deep{.community = Open(1)};
  deep.ancestors.resize(3);
  CHECK(CheckImporting(std::vector{Open(2, 1)}, {{Id(1), deep}}).ok());
  CHECK(Is(CheckImporting(std::vector{Open(2, 1), Open(3, 2)}, {{Id(1), deep}}),
           reasons::kNestedTooDeep));
}

TEST_CASE("an import takes what stands for what it is by now") {
  std::vector<Community> tree = Chain(2);
  LockedCommunity narrowed{.community = Open(1)};
  narrowed.community.profile.visibility = Visibility::kSecret;
  const LockedCommunity child{.community = Open(2, 1), .ancestors = {Id(1)}};
  CHECK(CheckImporting(tree, {{Id(1), narrowed}, {Id(2), child}}).ok());
  CHECK(Is(CheckImporting(tree, {{Id(1), narrowed}}), reasons::kWiderThanParent));
}

TEST_CASE("an import names parents that stand or come before their children") {
  CHECK(Is(CheckImporting(std::vector{Open(2, 1), Open(1)}, {}), policy::reasons::kFieldInvalid));
  CHECK(Is(CheckImporting(std::vector{Open(1, 1)}, {}), policy::reasons::kFieldInvalid));
}

}  // namespace
}  // namespace guildhall::directory
