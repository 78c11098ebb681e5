#include "services/identity/domain/key_schedule.h"

#include <algorithm>

namespace guildhall::identity {

std::optional<std::string> CurrentKey(std::span<const ScheduledKey> keys, absl::Time now) {
  const ScheduledKey* current = nullptr;
  for (const ScheduledKey& key : keys) {
    if (key.sign_from > now) continue;
    if (current == nullptr || key.sign_from > current->sign_from) current = &key;
  }
  if (current == nullptr) return std::nullopt;
  return current->id;
}

KeyPlan PlanKeys(std::span<const ScheduledKey> keys, absl::Time now) {
  std::vector<ScheduledKey> sorted(keys.begin(), keys.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const auto& a, const auto& b) { return a.sign_from < b.sign_from; });
  KeyPlan plan;
  if (!CurrentKey(keys, now)) plan.make.push_back(now);
  if (sorted.empty() || sorted.back().sign_from <= now) {
    plan.make.push_back(now + kKeyPeriod);
  }
  for (std::size_t i = 0; i + 1 < sorted.size(); ++i) {
    if (sorted[i + 1].sign_from + kKeyAfterlife <= now) plan.drop.push_back(sorted[i].id);
  }
  return plan;
}

}  // namespace guildhall::identity
