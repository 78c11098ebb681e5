#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/base/random.h"

namespace guildhall::identity {

// The secret of a session: "guildhall_session_" and 256 random bits in base64url, so that scanners
// for leaked secrets know it when they see it.
std::string NewSessionSecret(Random& random);

// The SHA-256 under which a secret is stored: a fast hash will do, because 256 bits are not
// guessed. Nothing for what cannot be a secret.
std::optional<std::string> HashOfSecret(std::string_view secret);

}  // namespace guildhall::identity
