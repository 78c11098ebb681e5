#include "services/identity/domain/key_schedule.h"

#include <catch2/catch.hpp>

namespace guildhall::identity {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);

// Carries a plan out; new keys are named by their number.
void Apply(const KeyPlan& plan, std::vector<ScheduledKey>& keys, int& made) {
  for (const absl::Time from : plan.make) keys.push_back({std::to_string(++made), from});
  for (const std::string& id : plan.drop) {
    std::erase_if(keys, [&](const ScheduledKey& key) { return key.id == id; });
  }
}

TEST_CASE("a new deployment has a key that signs tokens and the one that is next") {
  const KeyPlan plan = PlanKeys({}, kNow);
  CHECK(plan.make == std::vector<absl::Time>{kNow, kNow + kKeyPeriod});
  CHECK(plan.drop.empty());
  CHECK_FALSE(plan.empty());
}

TEST_CASE("no key is made or dropped while there are one that signs and a next one") {
  const ScheduledKey keys[] = {{"1", kNow}, {"2", kNow + kKeyPeriod}};
  CHECK(PlanKeys(keys, kNow + kKeyPeriod - absl::Seconds(1)).empty());
  CHECK(CurrentKey(keys, kNow + kKeyPeriod - absl::Seconds(1)) == "1");
}

TEST_CASE("after thirty days the next key signs, and another becomes next") {
  const ScheduledKey keys[] = {{"1", kNow}, {"2", kNow + kKeyPeriod}};
  const absl::Time then = kNow + kKeyPeriod;
  CHECK(CurrentKey(keys, then) == "2");
  const KeyPlan plan = PlanKeys(keys, then);
  CHECK(plan.make == std::vector<absl::Time>{then + kKeyPeriod});
  CHECK(plan.drop.empty());
}

TEST_CASE("a key that signs no more is published until its last token has run out for sure") {
  const ScheduledKey keys[] = {{"1", kNow}, {"2", kNow + kKeyPeriod}, {"3", kNow + 2 * kKeyPeriod}};
  const absl::Time retired = kNow + kKeyPeriod;
  CHECK(PlanKeys(keys, retired + kKeyAfterlife - absl::Seconds(1)).drop.empty());
  const KeyPlan plan = PlanKeys(keys, retired + kKeyAfterlife);
  CHECK(plan.drop == std::vector<std::string>{"1"});
  CHECK(plan.make.empty());
  CHECK_FALSE(plan.empty());
}

TEST_CASE(
    "over ten years every key is known a period before it signs, and at most three are kept") {
  std::vector<ScheduledKey> keys;
  int made = 0;
  Apply(PlanKeys(keys, kNow), keys, made);
  for (absl::Time now = kNow; now < kNow + 120 * kKeyPeriod; now += absl::Hours(1)) {
    const auto before = keys;
    Apply(PlanKeys(keys, now), keys, made);
    REQUIRE(keys.size() <= 3);
    REQUIRE(CurrentKey(before, now) == CurrentKey(keys, now));
    REQUIRE(PlanKeys(keys, now).empty());
  }
  CHECK(made == 121);
}

TEST_CASE("after a year in which nothing ran the key that was next signs") {
  const ScheduledKey keys[] = {{"1", kNow}, {"2", kNow + kKeyPeriod}};
  const absl::Time late = kNow + 12 * kKeyPeriod;
  CHECK(CurrentKey(keys, late) == "2");
  const KeyPlan plan = PlanKeys(keys, late);
  CHECK(plan.make == std::vector<absl::Time>{late + kKeyPeriod});
  CHECK(plan.drop == std::vector<std::string>{"1"});
}

}  // namespace
}  // namespace guildhall::identity
