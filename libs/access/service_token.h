#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace guildhall::access {

// How long a service token holds: one token serves many calls, and a leaked one not for long.
inline constexpr absl::Duration kServiceTokenLife = absl::Minutes(2);

// How far the clocks of two machines may be apart.
inline constexpr absl::Duration kClockSkew = absl::Seconds(30);

// The secret that the services of one deployment share, from the setting `service_key`.
class ServiceKey {
 public:
  // Fails with INVALID_ARGUMENT for less than 32 bytes, the strength of the HMAC (RFC 2104
  // section 3).
  static absl::StatusOr<ServiceKey> FromSecret(std::string_view secret);

  const std::string& secret() const { return secret_; }

 private:
  explicit ServiceKey(std::string_view secret) : secret_(secret) {}
  std::string secret_;
};

// A credential by which the service `caller` calls the service `audience`, for kServiceTokenLife
// from `now`. Both are names such as "discussions". Cost: one HMAC-SHA256, about 2 µs.
std::string MintServiceToken(const ServiceKey& key, std::string_view caller,
                             std::string_view audience, absl::Time now);

// Who calls. Fails with TOKEN_INVALID when the token is malformed, forged, run out, from the future
// by more than kClockSkew, or for another audience; which of them is not said.
absl::StatusOr<std::string> VerifyServiceToken(const ServiceKey& key, std::string_view token,
                                               std::string_view audience, absl::Time now);

}  // namespace guildhall::access
