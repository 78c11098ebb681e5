#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "services/gateway/domain/live_position.h"

namespace guildhall::gateway {

// Seals positions into resume tokens with AES-256-GCM (NIST SP 800-38D): in the clear they would
// tell how much is written where the reader may not see. A token grants nothing, so it is not bound
// to a member: what is told under it is decided anew for whoever holds it.
class ResumeTokens {
 public:
  using Nonce = std::array<std::uint8_t, 12>;

  // Characters of every token: nonce, positions and tag in base64url.
  static constexpr std::size_t kSize = 144;

  // `secret` is what all gateways of a deployment share; the key is derived from it.
  explicit ResumeTokens(std::string_view secret);

  // `nonce` is random: the birthday bound of 96 bits is beyond any deployment's life. About 1 us.
  std::string Seal(const Positions& positions, const Nonce& nonce) const;

  // Nothing for what no gateway of the deployment sealed.
  std::optional<Positions> Open(std::string_view token) const;

 private:
  std::array<std::uint8_t, 32> key_;
};

}  // namespace guildhall::gateway
