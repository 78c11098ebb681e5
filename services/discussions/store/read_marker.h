#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "libs/base/deadline.h"
#include "libs/postgres/database.h"
#include "libs/rpc/gatherer.h"
#include "services/discussions/store/read_state_store.h"

namespace guildhall::discussions {

// Stores read marks of many callers with one statement: marks that arrive while a statement runs
// go into the next one. Thread-safe.
class ReadMarker {
 public:
  explicit ReadMarker(postgres::Database& database);

  // Waits until the mark is stored and says where the watermark is now; nothing when the topic has
  // gone from the community. Fails with: DEADLINE_PASSED, DEPENDENCY_AWAY, BUSY (also: the topic is
  // just going into another one).
  absl::StatusOr<std::optional<ReadState>> Store(const ReadMark& mark, Deadline deadline);

 private:
  rpc::Gatherer<ReadMark, StoredMark> gatherer_;
};

}  // namespace guildhall::discussions
