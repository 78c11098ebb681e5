#pragma once

#include <functional>
#include <memory>

#include "absl/time/time.h"
#include "libs/http/loop.h"

namespace guildhall::http {

// Calls `tick` on the loop every `period` until destroyed, which `tick` itself may do. On the loop,
// or while it is stopped.
class Ticker {
 public:
  Ticker(Loop& loop, absl::Duration period, std::function<void()> tick);
  ~Ticker();
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

 private:
  struct State;
  static void Arm(const std::shared_ptr<State>& state);

  std::shared_ptr<State> state_;
};

}  // namespace guildhall::http
