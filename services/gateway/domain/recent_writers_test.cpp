#include "services/gateway/domain/recent_writers.h"

#include <catch2/catch.hpp>

namespace guildhall::gateway {
namespace {

TEST_CASE("whoever wrote counts as a writer for a second, and others do not") {
  RecentWriters writers;
  const absl::Duration now = absl::Hours(1);
  CHECK_FALSE(writers.WroteLately(7, now));
  writers.Wrote(7, now);
  CHECK(writers.WroteLately(7, now));
  CHECK_FALSE(writers.WroteLately(8, now));
  CHECK(writers.WroteLately(7, now + absl::Milliseconds(999)));
  CHECK_FALSE(writers.WroteLately(7, now + absl::Seconds(1)));
  writers.Wrote(7, now + absl::Milliseconds(500));
  CHECK(writers.WroteLately(7, now + absl::Seconds(1)));
}

}  // namespace
}  // namespace guildhall::gateway
