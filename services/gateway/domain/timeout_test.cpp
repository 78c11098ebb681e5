#include "services/gateway/domain/timeout.h"

#include <catch2/catch.hpp>

namespace guildhall::gateway {
namespace {

TEST_CASE("a client of gRPC gives its timeout in one of six units") {
  CHECK(ParseGrpcTimeout("5H") == absl::Hours(5));
  CHECK(ParseGrpcTimeout("5M") == absl::Minutes(5));
  CHECK(ParseGrpcTimeout("5S") == absl::Seconds(5));
  CHECK(ParseGrpcTimeout("5m") == absl::Milliseconds(5));
  CHECK(ParseGrpcTimeout("5u") == absl::Microseconds(5));
  CHECK(ParseGrpcTimeout("5n") == absl::Nanoseconds(5));
  CHECK(ParseGrpcTimeout("99999999H") == absl::Hours(99'999'999));
}

TEST_CASE("what is no timeout of gRPC is not read as one") {
  for (const char* text :
       {"", "S", "5", "5s", "5X", "-5S", "+5S", " 5S", "5 S", "5.5S", "0x5S", "100000000S"}) {
    INFO(text);
    CHECK_FALSE(ParseGrpcTimeout(text));
  }
}

TEST_CASE("a client of Connect gives its timeout in milliseconds, in ten digits at most") {
  CHECK(ParseConnectTimeout("0") == absl::ZeroDuration());
  CHECK(ParseConnectTimeout("1500") == absl::Milliseconds(1500));
  CHECK(ParseConnectTimeout("9999999999") == absl::Milliseconds(9'999'999'999));
  for (const char* text : {"", "-1", "+1", "1.5", "1 ", "5m", "10000000000"}) {
    INFO(text);
    CHECK_FALSE(ParseConnectTimeout(text));
  }
}

}  // namespace
}  // namespace guildhall::gateway
