#include "services/identity/store/session_secret.h"

#include <catch2/catch.hpp>
#include <set>

namespace guildhall::identity {
namespace {

TEST_CASE("secrets differ, are recognised and hash to 32 bytes") {
  std::set<std::string> secrets;
  for (int i = 0; i < 100; ++i) secrets.insert(NewSessionSecret(SystemRandom()));
  CHECK(secrets.size() == 100);
  const std::string secret = *secrets.begin();
  CHECK(secret.starts_with("guildhall_session_"));
  CHECK(HashOfSecret(secret)->size() == 32);
  CHECK(HashOfSecret(secret) == HashOfSecret(secret));
}

TEST_CASE("what cannot be a secret has no hash") {
  const std::string secret = NewSessionSecret(SystemRandom());
  for (const std::string& text : {std::string(), secret.substr(1), secret + "A", secret + "=",
                                  secret.substr(0, secret.size() - 1), std::string(1 << 20, 'A')}) {
    CHECK_FALSE(HashOfSecret(text).has_value());
  }
}

}  // namespace
}  // namespace guildhall::identity
