#include "services/identity/store/secret.h"

#include <catch2/catch.hpp>
#include <set>

namespace guildhall::identity {
namespace {

constexpr SecretKind kKinds[] = {SecretKind::kSession,     SecretKind::kAdministrator,
                                 SecretKind::kAccessToken, SecretKind::kPasswordReset,
                                 SecretKind::kInvitation,  SecretKind::kEmailChange};

TEST_CASE("secrets differ, are recognised and hash to 32 bytes") {
  for (const SecretKind kind : kKinds) {
    std::set<std::string> secrets;
    for (int i = 0; i < 100; ++i) secrets.insert(NewSecret(kind, SystemRandom()));
    CHECK(secrets.size() == 100);
    const std::string secret = *secrets.begin();
    CHECK(secret.starts_with("guildhall_"));
    CHECK(HashOfSecret(kind, secret)->size() == 32);
    CHECK(HashOfSecret(kind, secret) == HashOfSecret(kind, secret));
  }
}

TEST_CASE("what cannot be a secret has no hash") {
  for (const SecretKind kind : kKinds) {
    const std::string secret = NewSecret(kind, SystemRandom());
    for (const std::string& text :
         {std::string(), secret.substr(1), secret + "A", secret + "=", secret.substr(0, 26),
          secret.substr(0, secret.size() - 1), std::string(1 << 20, 'A')}) {
      CHECK_FALSE(HashOfSecret(kind, text).has_value());
    }
  }
}

TEST_CASE("T-07: a secret of one kind is none of another") {
  for (const SecretKind made : kKinds) {
    const std::string secret = NewSecret(made, SystemRandom());
    for (const SecretKind shown : kKinds) {
      CHECK(HashOfSecret(shown, secret).has_value() == (made == shown));
    }
  }
}

TEST_CASE("T-07: a typo anywhere in a secret with a checksum is known without the database") {
  const std::string secret = NewSecret(SecretKind::kAdministrator, SystemRandom());
  for (std::size_t i = 0; i < secret.size(); ++i) {
    std::string typo = secret;
    typo[i] = typo[i] == 'x' ? 'y' : 'x';
    CHECK_FALSE(HashOfSecret(SecretKind::kAdministrator, typo).has_value());
  }
}

}  // namespace
}  // namespace guildhall::identity
