#include "services/identity/domain/password.h"

#include <catch2/catch.hpp>

#include "guildhall/identity/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/identity/domain/common_passwords.h"

namespace guildhall::identity {
namespace {

constexpr int kMinLength = 15;
const PasswordOwner kAda{"ada.lovelace@example.org", "Ada Lovelace"};

absl::Status Check(std::string_view password) {
  return CheckNewPassword(password, kAda, kMinLength);
}

TEST_CASE("composed and decomposed spellings are the same password") {
  CHECK(*NormalizePassword("password", "Zoe\xcc\x88") ==
        *NormalizePassword("password", "Zo\xc3\xab"));
}

TEST_CASE("a password keeps its NULs, spaces and case") {
  const std::string odd("  a\0B\t ", 7);
  CHECK(*NormalizePassword("password", odd) == odd);
}

TEST_CASE("a password beyond 1 KiB is refused before any work") {
  CHECK(NormalizePassword("password", std::string(1024, 'x')).ok());
  CHECK(Is(NormalizePassword("password", std::string(1025, 'x')).status(),
           policy::reasons::kFieldInvalid));
  CHECK(Is(NormalizePassword("password", std::string(1 << 20, 'x')).status(),
           policy::reasons::kFieldInvalid));
}

TEST_CASE("1 KiB is the most of a password as it is typed, and as it is kept") {
  std::string shrinks, grows;
  for (int n = 0; n < 400; ++n) shrinks += "e\u0301";
  for (int n = 0; n < 300; ++n) grows += "\u0958";  // is kept as two characters
  for (const std::string& text : {shrinks, grows}) {
    CHECK(Is(NormalizePassword("password", text).status(), policy::reasons::kFieldInvalid));
  }
}

TEST_CASE("a password is long enough in characters, not in bytes") {
  CHECK(Check("kupfer lampe 7").code() == absl::StatusCode::kInvalidArgument);
  CHECK(Is(Check("kupfer lampe 7"), reasons::kPasswordLength));
  CHECK(Check("kupfer lampe 71").ok());
  // 14 characters of 3 bytes each, then one more.
  std::string characters;
  for (const char* c :
       {"木", "火", "土", "金", "水", "山", "川", "田", "花", "鳥", "風", "月", "雪", "星"}) {
    characters += c;
  }
  CHECK(Is(Check(characters), reasons::kPasswordLength));
  CHECK(Check(characters + "海").ok());
}

TEST_CASE("passwords that are tried first are refused") {
  for (const char* password :
       {"aaaaaaaaaaaaaaaa", "abcabcabcabcabcabc", "123412341234123412", "1234567890123456",
        "abcdefghijklmnop", "zyxwvutsrqponmlk", "qwertyuiopasdfgh", "1qaz2wsx3edc4rfv",
        "passwordpassword", "Password123456789", "P@ssw0rdP@ssw0rd!", "Summer2026Winter2026",
        "correcthorsebatterystaple", "MySecretPassword1!"}) {
    CAPTURE(password);
    CHECK(Is(Check(password), reasons::kPasswordCommon));
  }
}

TEST_CASE("where short passwords are taken, a pattern typed twice is still refused") {
  CHECK(Is(CheckNewPassword("xkcvxkcv", kAda, 8), reasons::kPasswordCommon));
  CHECK(CheckNewPassword("xkcvxkcw", kAda, 8).ok());
}

TEST_CASE("a password made of its owner's address or name is refused") {
  CHECK(Is(Check("ada.lovelace@example.org"), reasons::kPasswordCommon));
  CHECK(Is(Check("AdaLovelace2026!"), reasons::kPasswordCommon));
  CHECK(Is(Check("lovelaceexample1"), reasons::kPasswordCommon));
  const PasswordOwner zoe{"z@example.org", "Zoë À Lindén"};
  CHECK(Is(CheckNewPassword("ZoëÀLindén202601", zoe, kMinLength), reasons::kPasswordCommon));
}

TEST_CASE("passwords that nobody tries first are taken") {
  for (const char* password :
       {"violet tractor owes nine", "7Tj#vQ2!mWz9pLk", "lovelace rides a slow tram",
        "the moon over our kitchen", "eine Gabel im Schnee", "xkcd936-staple-of-mine"}) {
    CAPTURE(password);
    CHECK(Check(password).ToString() == "OK");
  }
}

}  // namespace
}  // namespace guildhall::identity
