#include "services/identity/store/master_key.h"

#include <catch2/catch.hpp>

namespace guildhall::identity {
namespace {

const MasterKey kKey = *MasterKey::FromText("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");

TEST_CASE("a sealed secret opens under its key and context only") {
  const std::string sealed = kKey.Seal("a secret", "row 1", SystemRandom());
  CHECK(sealed.find("secret") == std::string::npos);
  CHECK(*kKey.Open(sealed, "row 1") == "a secret");
  CHECK_FALSE(kKey.Open(sealed, "row 2").ok());
  const auto other = MasterKey::FromText("HRwbGhkYFxYVFBMSERAPDg0MCwoJCAcGBQQDAgEAHh8");
  CHECK_FALSE(other->Open(sealed, "row 1").ok());
}

TEST_CASE("any change to a sealed secret is noticed") {
  const std::string sealed = kKey.Seal("a secret", "row 1", SystemRandom());
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] ^= 1;
    CAPTURE(i);
    CHECK_FALSE(kKey.Open(changed, "row 1").ok());
    CHECK_FALSE(kKey.Open(sealed.substr(0, i), "row 1").ok());
  }
}

TEST_CASE("the same secret is never sealed alike") {
  CHECK(kKey.Seal("a", "", SystemRandom()) != kKey.Seal("a", "", SystemRandom()));
}

TEST_CASE("fingerprints depend on key, purpose and text") {
  CHECK(kKey.Fingerprint("p", "text") == kKey.Fingerprint("p", "text"));
  CHECK(kKey.Fingerprint("p", "text") != kKey.Fingerprint("q", "text"));
  CHECK(kKey.Fingerprint("p", "text") != kKey.Fingerprint("p", "texts"));
}

TEST_CASE("a master key has 32 bytes") {
  for (const char* text : {"", "short", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                           "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8A"}) {
    CHECK_FALSE(MasterKey::FromText(text).ok());
  }
}

}  // namespace
}  // namespace guildhall::identity
