#include "services/discussions/domain/move.h"

#include <catch2/catch.hpp>
#include <string>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::discussions {
namespace {

constexpr Readers kOpen{Visibility::kOpen, Admits::kEmployees};
constexpr Readers kOpenToEveryone{Visibility::kOpen, Admits::kEveryone};
constexpr Readers kClosed{Visibility::kClosed, Admits::kEveryone};
constexpr Readers kSecret{Visibility::kSecret, Admits::kEmployees};

TEST_CASE("in a CLOSED or SECRET community fewer read, wherever the topic comes from") {
  for (const Readers& from : {kOpen, kOpenToEveryone, kClosed, kSecret}) {
    CHECK(FewerRead(from, kClosed));
    CHECK(FewerRead(from, kSecret));
  }
}

TEST_CASE("in an OPEN community fewer read where it admits employees and the old place everyone") {
  CHECK(FewerRead(kOpenToEveryone, kOpen));
  CHECK(FewerRead(kClosed, kOpen));
  CHECK_FALSE(FewerRead(kOpen, kOpen));
  CHECK_FALSE(FewerRead(kSecret, kOpen));
}

TEST_CASE("in an OPEN community that admits everyone nobody reads less") {
  for (const Readers& from : {kOpen, kOpenToEveryone, kClosed, kSecret}) {
    CHECK_FALSE(FewerRead(from, kOpenToEveryone));
  }
}

TEST_CASE("a topic goes to where fewer read for a reason, and to where no fewer do for none") {
  const absl::Status refused = CheckMoveReason("reason", "", kOpen, kSecret);
  CHECK(Is(refused, policy::reasons::kFieldInvalid));
  CHECK(DetailsOf(refused)->violations[0].field == "reason");
  CHECK(DetailsOf(refused)->violations[0].description == "is required where fewer read");
  CHECK(CheckMoveReason("reason", "It names customers.", kOpen, kSecret).ok());
  CHECK(CheckMoveReason("reason", "", kSecret, kOpen).ok());
}

TEST_CASE("the reason of a move is written like that of a removal, and nothing is none") {
  CHECK(*MoveReasonFrom("reason", " It names customers. ") == "It names customers.");
  CHECK(MoveReasonFrom("reason", "")->empty());
  CHECK(Is(MoveReasonFrom("reason", "  ").status(), policy::reasons::kFieldInvalid));
  CHECK(
      Is(MoveReasonFrom("reason", std::string(501, 'x')).status(), policy::reasons::kFieldInvalid));
}

}  // namespace
}  // namespace guildhall::discussions
