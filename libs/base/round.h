#pragma once

#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "libs/base/deadline.h"
#include "libs/base/status_macros.h"

namespace guildhall {

// A worker's way through a list of things that are due, some of them in each run. One that fails
// stops no other: it is tried again when all others have been. Items are compared and stand in the
// order of their list; `Item()` stands before all.
template <typename Item>
class Round {
 public:
  static constexpr int kBatch = 50;
  // No further one is begun after that: other tasks, and the end of the process, wait for this one.
  static constexpr absl::Duration kLongest = absl::Seconds(5);

  // Up to `count` things that are due, after one of them.
  using List = absl::FunctionRef<absl::StatusOr<std::vector<Item>>(const Item& after, int count)>;
  // Does one of them and says whether that was still to be done.
  using Do = absl::FunctionRef<absl::StatusOr<bool>(const Item& item)>;

  // Tries the next kBatch at most, and from the first one again behind the last; says how many it
  // did. Fails as the list does, or with the first failure once the rest is done.
  absl::StatusOr<int> GoOn(List list, Do act) {
    const Deadline longest = Deadline::After(kLongest);
    GUILDHALL_ASSIGN(const std::vector<Item> due, list(after_, kBatch));
    int count = 0;
    absl::Status failure;
    for (const Item& item : due) {
      after_ = item;
      const absl::StatusOr<bool> done = act(item);
      failure.Update(done.status());
      count += done.ok() && *done;
      if (longest.Passed()) break;
    }
    if (due.empty() || (due.size() < kBatch && after_ == due.back())) after_ = Item();
    if (!failure.ok()) return failure;
    return count;
  }

 private:
  Item after_{};  // the last one tried
};

}  // namespace guildhall
