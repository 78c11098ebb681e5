#pragma once

#include <chrono>
#include <functional>
#include <thread>

namespace guildhall::testing {

// Whether `condition` comes true within twenty seconds, far more than it takes on a busy machine:
// for what another thread or process does in its own time and tells nobody.
inline bool Eventually(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

}  // namespace guildhall::testing
