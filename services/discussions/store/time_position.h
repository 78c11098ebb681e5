#pragma once

#include "absl/time/time.h"
#include "libs/base/uuid.h"
#include "services/discussions/store/topic_store.h"

namespace guildhall::discussions {

// Where a list in order of time goes on: after this time and id. Made of nothing, where lists begin
// that show the newest first.
struct TimePosition {
  absl::Time time = absl::InfiniteFuture();
  Uuid id = BeforeAllTopics().uuid();

  // Where lists begin that show the oldest first.
  static TimePosition BeforeAll() { return {absl::InfinitePast(), Uuid()}; }
};

}  // namespace guildhall::discussions
