#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>

#include "libs/base/uuid.h"

namespace guildhall::gateway {

// The logs whose changes are told to clients.
enum class Log : std::uint8_t { kDirectory, kDiscussions };
inline constexpr std::size_t kLogs = 2;

// The place of a change in its log.
struct Place {
  std::uint64_t xid = 0;
  std::int64_t n = 0;
  auto operator<=>(const Place&) const = default;
};

// How far a log has been told.
struct LogPosition {
  Uuid incarnation;  // a restore of the log's database renews it
  Place place;
  bool operator==(const LogPosition&) const = default;
};

// How far all logs have been told: what a resume token holds. Logs are told side by side, so these
// are two numbers and not one.
class Positions {
 public:
  LogPosition& operator[](Log log) { return of_[static_cast<std::size_t>(log)]; }
  const LogPosition& operator[](Log log) const { return of_[static_cast<std::size_t>(log)]; }
  bool operator==(const Positions&) const = default;

  // Whether both are of the same pasts.
  bool IsComparable(const Positions& other) const {
    for (std::size_t i = 0; i < kLogs; ++i) {
      if (of_[i].incarnation != other.of_[i].incarnation) return false;
    }
    return true;
  }

  // Moves on to the further of both in each log.
  void Join(const Positions& other) {
    for (std::size_t i = 0; i < kLogs; ++i) {
      of_[i].place = std::max(of_[i].place, other.of_[i].place);
    }
  }

  // Whether these are nowhere behind the others, which are comparable.
  bool Covers(const Positions& other) const {
    for (std::size_t i = 0; i < kLogs; ++i) {
      if (of_[i].place < other.of_[i].place) return false;
    }
    return true;
  }

 private:
  std::array<LogPosition, kLogs> of_;
};

}  // namespace guildhall::gateway
