#include "libs/base/cancellation.h"

#include <poll.h>

#include <catch2/catch.hpp>

#include "libs/base/deadline.h"

namespace guildhall {
namespace {

bool Readable(int fd) {
  pollfd waiting{fd, POLLIN, 0};
  return poll(&waiting, 1, 0) == 1;
}

TEST_CASE("a wait wakes whether it began before or after the cancellation") {
  Cancellation before, after;
  const int waiting = before.fd();
  CHECK(!Readable(waiting));
  before.Cancel();
  CHECK(Readable(waiting));

  after.Cancel();
  CHECK(after.cancelled());
  CHECK(Readable(after.fd()));
}

TEST_CASE("a deadline is the earlier of two and never negative") {
  CHECK(Deadline().Remaining() == absl::InfiniteDuration());
  CHECK(Deadline().AtMost(absl::Seconds(1)).Remaining() <= absl::Seconds(1));
  CHECK(Deadline::After(-absl::Seconds(1)).Remaining() == absl::ZeroDuration());
  CHECK(Deadline::After(absl::ZeroDuration()).Passed());
}

}  // namespace
}  // namespace guildhall
