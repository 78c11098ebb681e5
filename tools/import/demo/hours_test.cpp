#include "tools/import/demo/hours.h"

#include <catch2/catch.hpp>

namespace guildhall::demo {
namespace {

using Stretches = std::vector<std::pair<int, int>>;

constexpr int kHour = 60;
constexpr int kDay = 24 * kHour;

// Nothing when it is refused.
std::optional<Stretches> Parsed(std::string_view text) {
  const auto hours = ParseHours(text);
  if (!hours) return std::nullopt;
  Stretches stretches;
  for (const directory::v1::WorkingHours& each : *hours) {
    stretches.emplace_back(each.start_minute(), each.end_minute());
  }
  return stretches;
}

TEST_CASE("working hours are stretches of the week, in its order") {
  CHECK(Parsed("") == Stretches{});
  CHECK(Parsed("Wed 08:00-12:30") == Stretches{{2 * kDay + 8 * kHour, 2 * kDay + 12 * kHour + 30}});
  CHECK(Parsed("Tue 13:00-17:00, Mon-Tue 08:00-12:00") ==
        Stretches{{8 * kHour, 12 * kHour},
                  {kDay + 8 * kHour, kDay + 12 * kHour},
                  {kDay + 13 * kHour, kDay + 17 * kHour}});
}

TEST_CASE("a night is one stretch, and two where the week ends in it") {
  CHECK(Parsed("Sat-Sun 22:00-06:00") == Stretches{{0, 6 * kHour},
                                                   {5 * kDay + 22 * kHour, 6 * kDay + 6 * kHour},
                                                   {6 * kDay + 22 * kHour, 7 * kDay}});
  CHECK(Parsed("Sun 22:00-00:00") == Stretches{{6 * kDay + 22 * kHour, 7 * kDay}});
  CHECK(Parsed("Sun-Mon 09:00-10:00") ==
        Stretches{{9 * kHour, 10 * kHour}, {6 * kDay + 9 * kHour, 6 * kDay + 10 * kHour}});
}

TEST_CASE("what is no stretch of a week, and what overlaps, is refused") {
  for (const std::string_view text :
       {"Mon", "Mon ", "Mon 08:00", "Mon 08:00-08:00", "Mon 08:00-25:00", "Moon 08:00-09:00",
        "mon 08:00-09:00", "Mon- 08:00-09:00", "08:00-09:00", "Mon 8-9", "Mon 08:00-09:00,",
        "Mon 08:00-10:00, Mon 09:00-11:00", "Sun 22:00-06:00, Mon 05:00-07:00"}) {
    INFO(text);
    CHECK(Parsed(text) == std::nullopt);
  }
}

}  // namespace
}  // namespace guildhall::demo
