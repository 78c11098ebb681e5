#include "services/directory/domain/appointment.h"

#include <catch2/catch.hpp>

#include "absl/strings/match.h"

namespace guildhall::directory {
namespace {

const CommunityProfile kEmployeesOnly{.display_name = "Bakers"};
constexpr StandingToAppoint kFit{.affiliation = Affiliation::kEmployee};

// Whether it is refused for what these words say.
bool Refuses(const StandingToAppoint& appointed, const char* words) {
  const absl::Status status = CheckAppointing(kEmployeesOnly, appointed);
  return absl::IsFailedPrecondition(status) && absl::StrContains(status.message(), words);
}

TEST_CASE("an owner can act who has an account, and is neither banned nor muted there") {
  const OwnerStanding fit{.affiliation = Affiliation::kEmployee};
  CHECK(CanAct(kEmployeesOnly, fit));
  OwnerStanding suspended = fit, imported = fit, banned = fit, muted = fit;
  suspended.suspended = true;
  imported.imported = true;
  banned.banned = true;
  muted.muted = true;
  CHECK(!CanAct(kEmployeesOnly, suspended));
  CHECK(!CanAct(kEmployeesOnly, imported));
  CHECK(!CanAct(kEmployeesOnly, banned));
  CHECK(!CanAct(kEmployeesOnly, muted));
}

TEST_CASE("an owner of a community above can act where it is admitted") {
  OwnerStanding above{.owns = OwnerStanding::Owns::kOneAbove,
                      .affiliation = Affiliation::kExternal};
  CHECK(!CanAct(kEmployeesOnly, above));
  CommunityProfile everyone = kEmployeesOnly;
  everyone.admits = Admits::kEveryone;
  CHECK(CanAct(everyone, above));
  above.owns = OwnerStanding::Owns::kIt;
  CHECK(CanAct(kEmployeesOnly, above));
}

TEST_CASE("an operator appoints whoever may belong and can act") {
  CHECK(CheckAppointing(kEmployeesOnly, kFit).ok());
  CommunityProfile everyone = kEmployeesOnly;
  everyone.admits = Admits::kEveryone;
  CHECK(CheckAppointing(everyone, {.affiliation = Affiliation::kExternal}).ok());
}

TEST_CASE("an operator is told why somebody cannot be appointed") {
  CHECK(Refuses({}, "no such member"));
  CHECK(Refuses({.affiliation = Affiliation::kExternal}, "employees only"));
  StandingToAppoint suspended = kFit, imported = kFit, banned = kFit, muted = kFit;
  suspended.suspended = true;
  imported.imported = true;
  banned.banned = true;
  muted.muted = true;
  CHECK(Refuses(suspended, "suspended"));
  CHECK(Refuses(imported, "has no account"));
  CHECK(Refuses(banned, "banned"));
  CHECK(Refuses(muted, "muted"));
}

TEST_CASE("where an owner can act, owners appoint, and the operator is told who") {
  StandingToAppoint appointed = kFit;
  appointed.acting_owner = *MemberId::Parse("018f0000-0000-7000-8000-000000000001");
  CHECK(Refuses(appointed, "members/018f0000-0000-7000-8000-000000000001"));
}

}  // namespace
}  // namespace guildhall::directory
