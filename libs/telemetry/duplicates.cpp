#include "libs/telemetry/duplicates.h"

#include <utility>

namespace guildhall::telemetry {

std::optional<std::int64_t> Duplicates::Admit(std::uint64_t what, absl::Duration now) {
  Slot& slot = slots_[what % slots_.size()];
  if (slot.what != what) slot = Slot{.what = what, .since = now};
  if (now - slot.since >= kWindow) {
    slot.since = now;
    slot.written = 0;
  }
  if (slot.written >= kLines) {
    ++slot.suppressed;
    return std::nullopt;
  }
  ++slot.written;
  return std::exchange(slot.suppressed, 0);
}

}  // namespace guildhall::telemetry
