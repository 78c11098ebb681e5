#include "tools/import/demo/hours.h"

#include <algorithm>
#include <array>

#include "absl/time/time.h"
#include "libs/base/strings.h"
#include "tools/import/demo/parts.h"

namespace guildhall::demo {
namespace {

using directory::v1::WorkingHours;

constexpr std::array<std::string_view, 7> kDays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr int kDay = 24 * 60;
constexpr int kWeek = 7 * kDay;

// Both ends of "a-b"; of "a" alone, it twice.
std::pair<std::string_view, std::string_view> Ends(std::string_view range) {
  const std::size_t dash = range.find('-');
  if (dash == std::string_view::npos) return {range, range};
  return {range.substr(0, dash), range.substr(dash + 1)};
}

std::optional<int> DayOf(std::string_view name) {
  const auto found = std::find(kDays.begin(), kDays.end(), name);
  if (found == kDays.end()) return std::nullopt;
  return static_cast<int>(found - kDays.begin());
}

// Of "07:30", since midnight.
std::optional<int> MinuteOf(std::string_view text) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime("%H:%M", Absl(text), &time, &error)) return std::nullopt;
  const absl::CivilMinute minute = absl::ToCivilMinute(time, absl::UTCTimeZone());
  return minute.hour() * 60 + minute.minute();
}

void Add(int start, int end, std::vector<WorkingHours>& hours) {
  WorkingHours& stretch = hours.emplace_back();
  stretch.set_start_minute(start);
  stretch.set_end_minute(end);
}

// Adds those of "Mon-Thu 07:00-15:30"; false when it is written otherwise.
bool AddStretches(std::string_view text, std::vector<WorkingHours>& hours) {
  const std::size_t blank = std::min(text.find(' '), text.size());
  const auto [first_name, last_name] = Ends(text.substr(0, blank));
  const auto [from, to] = Ends(text.substr(std::min(blank + 1, text.size())));
  const std::optional<int> first = DayOf(first_name), last = DayOf(last_name);
  const std::optional<int> start = MinuteOf(from), end = MinuteOf(to);
  if (!first || !last || !start || !end || *start == *end) return false;
  const int minutes = (*end - *start + kDay) % kDay;
  const int days = (*last - *first + 7) % 7 + 1;
  for (int day = *first; day < *first + days; ++day) {
    const int begin = day % 7 * kDay + *start;
    Add(begin, std::min(begin + minutes, kWeek), hours);
    if (begin + minutes > kWeek) Add(0, begin + minutes - kWeek, hours);
  }
  return true;
}

}  // namespace

std::optional<std::vector<WorkingHours>> ParseHours(std::string_view text) {
  std::vector<WorkingHours> hours;
  for (const std::string& stretch : SplitList(text)) {
    if (!AddStretches(stretch, hours)) return std::nullopt;
  }
  std::sort(hours.begin(), hours.end(), [](const WorkingHours& one, const WorkingHours& other) {
    return one.start_minute() < other.start_minute();
  });
  const auto overlap = std::adjacent_find(hours.begin(), hours.end(),
                                          [](const WorkingHours& one, const WorkingHours& next) {
                                            return next.start_minute() < one.end_minute();
                                          });
  if (overlap != hours.end()) return std::nullopt;
  return hours;
}

}  // namespace guildhall::demo
