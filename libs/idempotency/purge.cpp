#include "libs/idempotency/purge.h"

#include "idempotency/statements.h"
#include "libs/base/status_macros.h"

namespace guildhall::idempotency {

absl::StatusOr<int> PurgeClaims(postgres::Database& database, absl::Time now) {
  constexpr std::int32_t kChunk = 1000;
  int purged = 0;
  for (;;) {
    const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
    GUILDHALL_ASSIGN(const postgres::Rows rows,
                     database.Write(context, sql::kPurgeClaims, now - kRemembered, kChunk));
    const auto count = static_cast<int>(rows[0].Get<std::int64_t>(0));
    purged += count;
    if (count < kChunk) return purged;
  }
}

}  // namespace guildhall::idempotency
