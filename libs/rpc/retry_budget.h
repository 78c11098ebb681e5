#pragma once

#include <algorithm>

namespace guildhall::rpc {

// Bounds how much a client adds to a peer's trouble (gRFC A6, retry throttling): a failure costs a
// whole token, an answer earns a tenth, and there is a repeat only while more than half of the
// tokens are left. Not thread-safe.
class RetryBudget {
 public:
  static constexpr double kTokens = 100;
  static constexpr double kEarned = 0.1;

  void Answered() { tokens_ = std::min(kTokens, tokens_ + kEarned); }

  // Whether the call that failed may be sent again.
  bool Failed() {
    tokens_ = std::max(0.0, tokens_ - 1);
    return tokens_ > kTokens / 2;
  }

 private:
  double tokens_ = kTokens;
};

}  // namespace guildhall::rpc
