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
// are two numbers and not one. What is told late, because one frame of it stands for many (votes),
// has been told up to a place of its own, which is nowhere ahead.
class Positions {
 public:
  LogPosition& operator[](Log log) { return of_[static_cast<std::size_t>(log)]; }
  const LogPosition& operator[](Log log) const { return of_[static_cast<std::size_t>(log)]; }
  bool operator==(const Positions&) const = default;

  // Of discussions: up to where votes have been told.
  Place votes;

  // From where a log has to be read so that nothing is missed: some of what comes has been told.
  LogPosition ReadFrom(Log log) const {
    LogPosition from = (*this)[log];
    if (log == Log::kDiscussions) from.place = std::min(from.place, votes);
    return from;
  }

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
    votes = std::max(votes, other.votes);
  }

  // Whether these are nowhere behind the others, which are comparable.
  bool Covers(const Positions& other) const {
    for (std::size_t i = 0; i < kLogs; ++i) {
      if (of_[i].place < other.of_[i].place) return false;
    }
    return votes >= other.votes;
  }

 private:
  std::array<LogPosition, kLogs> of_;
};

}  // namespace guildhall::gateway
