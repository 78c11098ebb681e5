#include "services/identity/api/password_gate.h"

#include <catch2/catch.hpp>
#include <thread>

#include "guildhall/identity/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::identity {
namespace {

Deadline Soon() { return Deadline::After(absl::Minutes(1)); }

TEST_CASE("L-06: beyond the queue callers are turned away at once") {
  PasswordGate gate(2, 0);
  const auto first = gate.Enter(Soon());
  const auto second = gate.Enter(Soon());
  CHECK(gate.inside() == 2);
  const absl::Status third = gate.Enter(Soon()).status();
  CHECK(Is(third, reasons::kPasswordChecksBusy));
  CHECK(DetailsOf(third)->retry_after.has_value());
}

TEST_CASE("whoever waits enters when another leaves") {
  PasswordGate gate(1, 1);
  auto first = std::make_unique<absl::StatusOr<PasswordGate::Pass>>(gate.Enter(Soon()));
  bool entered = false;
  std::thread waiter([&] { entered = gate.Enter(Soon()).ok(); });
  while (gate.waiting() == 0) std::this_thread::yield();
  CHECK(Is(gate.Enter(Soon()).status(), reasons::kPasswordChecksBusy));
  first.reset();
  waiter.join();
  CHECK(entered);
  CHECK(gate.inside() == 0);
}

TEST_CASE("whoever waits gives up at its deadline") {
  PasswordGate gate(1, 1);
  const auto first = gate.Enter(Soon());
  CHECK(Is(gate.Enter(Deadline::After(absl::Milliseconds(1))).status(),
           reasons::kPasswordChecksBusy));
  CHECK(gate.waiting() == 0);
}

}  // namespace
}  // namespace guildhall::identity
