#include "libs/base/round.h"

#include <catch2/catch.hpp>
#include <map>

namespace guildhall {
namespace {

// The numbers from 1 on that are due, and how often each was tried.
struct Numbers {
  absl::StatusOr<int> GoOn() {
    return round.GoOn(
        [&](int after, int count) -> absl::StatusOr<std::vector<int>> {
          std::vector<int> next;
          for (auto each = tried.upper_bound(after);
               each != tried.end() && static_cast<int>(next.size()) < count; ++each) {
            next.push_back(each->first);
          }
          return next;
        },
        [&](int number) -> absl::StatusOr<bool> {
          ++tried[number];
          if (number == failing) return absl::InternalError("no");
          return true;
        });
  }

  Round<int> round;
  std::map<int, int> tried;
  int failing = 0;
};

TEST_CASE("what is due is done some at a time, and from the first again behind the last") {
  Numbers numbers;
  CHECK(*numbers.GoOn() == 0);
  for (int i = 1; i <= Round<int>::kBatch + 1; ++i) numbers.tried[i] = 0;
  CHECK(*numbers.GoOn() == Round<int>::kBatch);
  CHECK(*numbers.GoOn() == 1);
  CHECK(*numbers.GoOn() == Round<int>::kBatch);
  CHECK(numbers.tried[1] == 2);
}

TEST_CASE("one that fails stops no other, and is tried again after all others") {
  Numbers numbers;
  numbers.failing = 1;
  for (int i = 1; i <= Round<int>::kBatch + 1; ++i) numbers.tried[i] = 0;
  CHECK_FALSE(numbers.GoOn().ok());
  CHECK(numbers.tried[Round<int>::kBatch] == 1);
  CHECK(*numbers.GoOn() == 1);
  CHECK_FALSE(numbers.GoOn().ok());
  CHECK(numbers.tried[1] == 2);
}

}  // namespace
}  // namespace guildhall
