#include <catch2/catch.hpp>

#include "libs/base/base64url.h"
#include "libs/base/clock.h"
#include "libs/base/ids.h"
#include "libs/base/refusal.h"
#include "libs/base/sha256.h"
#include "libs/base/uuid.h"

namespace guildhall {
namespace {

constexpr Reason kClosed{"guildhall.test.v1", "CLOSED", absl::StatusCode::kFailedPrecondition};

TEST_CASE("a UUID has one spelling") {
  const Uuid uuid = NewUuidV7(absl::FromUnixMillis(1700000000123), SystemRandom());
  CHECK(Uuid::Parse(uuid.ToString()) == uuid);
  CHECK(!Uuid::Parse("018BCFE5-687B-7000-8000-000000000000"));
  CHECK(!Uuid::Parse("018bcfe5687b70008000000000000000"));
  CHECK(!Uuid::Parse("018bcfe5-687b-7000-8000-00000000000g"));
  CHECK(uuid.ToString().substr(0, 15) == "018bcfe5-687b-7");
}

TEST_CASE("an imported record gets the same id each time and its own") {
  const absl::Time time = absl::FromUnixSeconds(1600000000);
  const Uuid first = ImportedUuid(time, "zulip", "post", "17");
  CHECK(first == ImportedUuid(time, "zulip", "post", "17"));
  CHECK(first != ImportedUuid(time, "zulip", "pos", "t17"));
  CHECK(first.ToString()[14] == '8');
}

TEST_CASE("a refusal carries its reason, facts, fields and wait through a status") {
  const absl::Status status = Refusal(kClosed, "It is closed.")
                                  .With("limit", "3")
                                  .Field("topic.title", "is empty")
                                  .RetryAfter(absl::Seconds(2));
  CHECK(status.code() == absl::StatusCode::kFailedPrecondition);
  CHECK(Is(status, kClosed));
  const auto details = DetailsOf(status);
  REQUIRE(details);
  CHECK(details->metadata.at(0).second == "3");
  CHECK(details->violations.at(0).field == "topic.title");
  CHECK(details->retry_after == absl::Seconds(2));
}

TEST_CASE("a status of the libraries' own is no refusal") {
  CHECK(!DetailsOf(absl::UnavailableError("gone")));
  CHECK(!Is(absl::OkStatus(), kClosed));
}

TEST_CASE("base64url takes back what it gave and nothing else") {
  for (std::size_t size = 0; size < 20; ++size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 83 + 251);
    CHECK(Base64UrlDecode(Base64UrlEncode(bytes)) == bytes);
  }
  for (const char* bad : {"A", "QQ==", "Q Q", "Q+Q", "QR"}) CHECK(!Base64UrlDecode(bad));
}

TEST_CASE("SHA-256 is that of FIPS 180-4") {
  const auto digest = Sha256("abc");
  CHECK(Base64UrlEncode({reinterpret_cast<const char*>(digest.data()), digest.size()}) ==
        "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
  CHECK(Sha256("abc") == digest);
  CHECK(Sha256("") != digest);
}

TEST_CASE("monotonic time does not go back") {
  const absl::Duration before = SystemClock().Monotonic();
  CHECK(SystemClock().Monotonic() >= before);
}

}  // namespace
}  // namespace guildhall
