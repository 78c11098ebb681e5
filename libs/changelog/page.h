#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/uuid.h"
#include "libs/changelog/change_log.h"

namespace guildhall::changelog {

// The place of a row in a log: rows stand in the order of their transactions' ids, and within a
// transaction of their numbers.
struct Place {
  std::uint64_t xid = 0;
  std::int64_t n = 0;
  auto operator<=>(const Place&) const = default;
};

// How far somebody has read a log. Without an incarnation: nowhere yet.
struct Position {
  Uuid incarnation;  // of the log; a restore of its database renews it
  Place place;       // everything up to here has been read

  bool IsNowhere() const { return incarnation.IsNil(); }
  bool operator==(const Position&) const = default;
};

// A change as it is told.
struct Entry {
  // Where in the log it is told: its own row's place, or that of a later change of its key that
  // stands before it and takes it along. Never descends, never behind the end of the page.
  Place place;
  Change change;
  std::int64_t key_seq = 0;     // counts the changes of the key from 1 on, without a gap
  std::uint64_t after_xid = 0;  // of the key's change before; 0 for the first
  absl::Time time;              // when its transaction began
};

// A row of the log with what has to be told before it: changes of the same key that happened before
// and stand behind it, in their order, then its own.
struct Unit {
  Place place;  // the row's
  std::vector<Entry> entries;
};

// What was read at once. Of a key, everything that happened before an entry was told before it, in
// the same page or an earlier one; nothing is told twice.
struct Page {
  std::vector<Entry> entries;
  Position end;       // where to read on
  bool more = false;  // there is more already
  // The position that was asked for is of another past, or what came after it is not kept any more.
  // There are no entries; read everything anew after `end` was answered, then read on from there.
  bool reset = false;
};

}  // namespace guildhall::changelog
