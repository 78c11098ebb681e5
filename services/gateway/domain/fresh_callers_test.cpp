#include "services/gateway/domain/fresh_callers.h"

#include <catch2/catch.hpp>

namespace guildhall::gateway {
namespace {

TEST_CASE("whoever is marked reads what is true now for a second, and others need not") {
  FreshCallers callers;
  const absl::Duration now = absl::Hours(1);
  CHECK_FALSE(callers.Has(7, now));
  callers.Mark(7, now);
  CHECK(callers.Has(7, now));
  CHECK_FALSE(callers.Has(8, now));
  CHECK(callers.Has(7, now + absl::Milliseconds(999)));
  CHECK_FALSE(callers.Has(7, now + absl::Seconds(1)));
  callers.Mark(7, now + absl::Milliseconds(500));
  CHECK(callers.Has(7, now + absl::Seconds(1)));
}

}  // namespace
}  // namespace guildhall::gateway
