#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libs/base/random.h"

namespace guildhall::identity {

// What a secret of ours is for. Each kind has a prefix of its own: scanners for leaked secrets know
// it when they see it, and none can be shown in place of another.
// The numbers are those of one_time_secrets.
enum class SecretKind {
  kSession = 1,        // guildhall_session_…: begun by SignIn
  kAdministrator = 2,  // guildhall_administrator_…: makes whoever shows it an administrator, once
  kAccessToken = 3,    // guildhall_token_…: made by CreateAccessToken
  kPasswordReset = 4,  // guildhall_reset_…: sets another password, once
  kInvitation = 5,     // guildhall_invitation_…: opens an account, once
  kEmailChange = 6,    // guildhall_email_…: gives an account another address, once
};

// A new secret: the prefix, 256 random bits in base64url and, but for sessions, a CRC-32 of all
// that in six more characters, by which a typo or a cut is known without the database.
std::string NewSecret(SecretKind kind, Random& random);

// The same of 256 bits that are known: they are random to whoever does not know how they were made.
std::string SecretOf(SecretKind kind, const std::array<std::uint8_t, 32>& bits);

// The SHA-256 under which a secret of this kind is stored: a fast hash will do, because 256 bits
// are not guessed. Nothing for what cannot be such a secret.
std::optional<std::string> HashOfSecret(SecretKind kind, std::string_view secret);

}  // namespace guildhall::identity
