#include "services/directory/domain/charter.h"

#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::directory {
namespace {

TEST_CASE("a charter takes 2,000 characters of purpose, 200 of cadence, 4,000 of welcome") {
  Charter charter{.purpose = " Better bread.\n\nFor all. ", .cadence = " every  Thursday "};
  REQUIRE(TidyCharter(charter).ok());
  CHECK(charter.purpose == "Better bread.\n\nFor all.");
  CHECK(charter.cadence == "every Thursday");
  charter.cadence = "every\nThursday";
  CHECK(Is(TidyCharter(charter), policy::reasons::kFieldInvalid));
  const auto takes = [](std::size_t purpose, std::size_t cadence, std::size_t welcome) {
    Charter said{.purpose = std::string(purpose, 'x'),
                 .cadence = std::string(cadence, 'x'),
                 .welcome = std::string(welcome, 'x')};
    return TidyCharter(said).ok();
  };
  CHECK(takes(2000, 200, 4000));
  CHECK_FALSE(takes(2001, 200, 4000));
  CHECK_FALSE(takes(2000, 201, 4000));
  CHECK_FALSE(takes(2000, 200, 4001));
}

TEST_CASE("a review is overdue from its time on, and never without one") {
  const absl::Time now = absl::FromUnixSeconds(1'700'000'000);
  CHECK_FALSE(IsReviewOverdue({}, now));
  CHECK_FALSE(IsReviewOverdue({.review_time = now + absl::Seconds(1)}, now));
  CHECK(IsReviewOverdue({.review_time = now}, now));
}

}  // namespace
}  // namespace guildhall::directory
