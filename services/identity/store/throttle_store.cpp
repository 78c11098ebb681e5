#include "services/identity/store/throttle_store.h"

#include <algorithm>

#include "identity/statements.h"
#include "libs/base/status_macros.h"

namespace guildhall::identity {
namespace {

// Buckets as arrays, as the statements take them.
struct Columns {
  std::vector<std::int32_t> kinds;
  std::vector<postgres::Bytea> keys;

  explicit Columns(const std::vector<ThrottleKey>& wanted) {
    for (const ThrottleKey& key : wanted) {
      kinds.push_back(static_cast<std::int32_t>(key.kind));
      keys.push_back({key.key});
    }
  }
};

// In the order of `keys`.
absl::StatusOr<std::vector<ThrottleBucket>> Lock(postgres::Work& work, const Columns& columns,
                                                 absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kLockThrottleBuckets, columns.kinds, columns.keys, now));
  std::vector<ThrottleBucket> buckets;
  for (const postgres::Row row : rows) {
    buckets.push_back({static_cast<ThrottleKind>(row.Get<std::int32_t>(0)),
                       {row.Get<double>(1), row.Get<absl::Time>(2), row.Get<absl::Time>(3)}});
  }
  std::sort(buckets.begin(), buckets.end(),
            [](const auto& a, const auto& b) { return a.kind < b.kind; });
  return buckets;
}

void Store(postgres::Work& work, const Columns& columns,
           const std::vector<ThrottleBucket>& buckets) {
  std::vector<double> levels;
  std::vector<absl::Time> times, open_from;
  for (const ThrottleBucket& bucket : buckets) {
    levels.push_back(bucket.level.level);
    times.push_back(bucket.level.at);
    open_from.push_back(bucket.level.open_from);
  }
  work.Defer(sql::kUpdateThrottleBuckets, columns.kinds, columns.keys, levels, times, open_from);
}

}  // namespace

absl::StatusOr<std::optional<absl::Duration>> CountAttempt(postgres::Database& database,
                                                           const postgres::Context& context,
                                                           const std::vector<ThrottleKey>& keys,
                                                           absl::Time now) {
  return database.Transact<std::optional<absl::Duration>>(
      context, [&](postgres::Work& work) { return CountAttempt(work, keys, now); });
}

absl::StatusOr<std::optional<absl::Duration>> CountAttempt(postgres::Work& work,
                                                           const std::vector<ThrottleKey>& keys,
                                                           absl::Time now) {
  const Columns columns(keys);
  GUILDHALL_ASSIGN(std::vector<ThrottleBucket> buckets, Lock(work, columns, now));
  const std::optional<absl::Duration> closed = CountAttempt(buckets, now);
  if (!closed) Store(work, columns, buckets);
  return closed;
}

absl::StatusOr<Verdict> CountPasswordAttempt(postgres::Database& database,
                                             const postgres::Context& context,
                                             const std::vector<ThrottleKey>& keys,
                                             bool members_place, absl::Time now) {
  const Columns columns(keys);
  return database.Transact<Verdict>(context, [&](postgres::Work& work) -> absl::StatusOr<Verdict> {
    GUILDHALL_ASSIGN(std::vector<ThrottleBucket> buckets, Lock(work, columns, now));
    const Verdict verdict = CountPasswordAttempt(buckets, members_place, now);
    if (verdict.hearing != Hearing::kNobody) Store(work, columns, buckets);
    return verdict;
  });
}

absl::Status ForgiveAttempt(postgres::Work& work, const std::vector<ThrottleKey>& keys,
                            absl::Time now) {
  const Columns columns(keys);
  GUILDHALL_ASSIGN(std::vector<ThrottleBucket> buckets, Lock(work, columns, now));
  ForgiveAttempt(buckets, now);
  Store(work, columns, buckets);
  return absl::OkStatus();
}

}  // namespace guildhall::identity
