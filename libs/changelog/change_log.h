#pragma once

#include <cstdint>
#include <span>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/base/uuid.h"
#include "libs/postgres/database.h"

namespace guildhall::changelog {

// Where a change comes from; numbers of guildhall.change.v1.Origin. Imports notify nobody.
enum class Origin { kLive = 1, kImport = 2 };

// Says that something changed and where to look, never what it says.
struct Change {
  int kind = 0;              // guildhall.change.v1.Kind
  Uuid key;                  // of what orders it: changes with one key are seen in order
  Uuid resource;             // what changed; equal to the key where that is what changed
  std::int64_t version = 1;  // of the resource after the change
  Origin origin = Origin::kLive;
};

// Appends a change in the transaction of its effect: it is seen exactly when the effect is.
//
// Travels with the transaction's next round trip. Holds the key until the transaction ends: take
// keys late and in one order.
void Append(postgres::Work& work, const Change& change);

// Appends up to 5,000 changes in one statement, in the order given.
void Append(postgres::Work& work, std::span<const Change> changes);

// How long changes are kept.
inline constexpr absl::Duration kKept = absl::Hours(30 * 24);

// Makes the partitions of this week and the next two, drops those older than kKept. At start and
// then daily; safe to repeat, also in several processes at once.
absl::Status KeepPartitions(postgres::Database& database, absl::Time now);

}  // namespace guildhall::changelog
