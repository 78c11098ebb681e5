#include "services/identity/domain/suspension.h"

#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {
namespace {

constexpr absl::Time kNow = absl::UnixEpoch();

absl::Status Ending(absl::Duration after) {
  return CheckEnd({.reason = "", .expire_time = kNow + after}, kNow);
}

TEST_CASE("a suspension ends in the future, after ten years at most, or not at all") {
  CHECK(CheckEnd({}, kNow).ok());
  CHECK(Ending(absl::Microseconds(1)).ok());
  CHECK(Ending(kLongestSuspension).ok());
  for (const absl::Duration wrong :
       {absl::ZeroDuration(), absl::Hours(-1), kLongestSuspension + absl::Microseconds(1)}) {
    CHECK(Ending(wrong) == WrongField("expire_time", "lies in the future, by ten years at most"));
  }
}

TEST_CASE("why an account is suspended is told in 500 characters, or not at all") {
  SuspensionTerms terms{.reason = " On leave.\nAsk Carla. ", .expire_time = std::nullopt};
  REQUIRE(TidyTerms(terms).ok());
  CHECK(terms.reason == "On leave.\nAsk Carla.");
  for (const int length : {0, 500}) {
    terms.reason = std::string(length, 'x');
    CHECK(TidyTerms(terms).ok());
  }
  terms.reason = std::string(501, 'x');
  CHECK(Is(TidyTerms(terms), policy::reasons::kFieldInvalid));
}

}  // namespace
}  // namespace guildhall::identity
