#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace guildhall::service {

// Whether the process's own listener still greets. Debian 12's gRPC goes deaf for good when it has
// run out of descriptors once (CVE-2023-4785, reproduced): nothing but a restart mends it, and
// nothing else in the process notices.
class Probe {
 public:
  // `address` is `unix:/path` or `host:port`; a host is an IP address or localhost.
  explicit Probe(std::string address) : address_(std::move(address)) {}

  // Connects, sends the beginning of HTTP/2 (RFC 9113 section 3.4) and waits for any answer; an
  // HTTP/1.1 listener answers it too. False after kStrikes failures in a row. Blocks for kPatience
  // at most.
  bool Greets();

  static constexpr int kStrikes = 3;
  static constexpr absl::Duration kPatience = absl::Seconds(2);

 private:
  std::string address_;
  int strikes_ = 0;
};

}  // namespace guildhall::service
