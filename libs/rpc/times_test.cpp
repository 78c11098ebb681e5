#include "libs/rpc/times.h"

#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::rpc {
namespace {

google::protobuf::Timestamp Stamp(std::int64_t seconds, int nanos = 0) {
  google::protobuf::Timestamp stamp;
  stamp.set_seconds(seconds);
  stamp.set_nanos(nanos);
  return stamp;
}

TEST_CASE("a time goes out and comes back to the microsecond") {
  const absl::Time time = absl::FromUnixMicros(1'700'000'000'123'456);
  CHECK(ToProto(time).nanos() == 123'456'000);
  CHECK(*TimeFrom("create_time", ToProto(time)) == time);
}

TEST_CASE("a time that is unset, before 1970, too late or malformed is a fault of its field") {
  for (const auto& bad :
       {Stamp(0), Stamp(-1), Stamp(253'402'300'800), Stamp(1, -1), Stamp(1, 1'000'000'000)}) {
    const absl::Status status = TimeFrom("topics[3].create_time", bad).status();
    REQUIRE(Is(status, policy::reasons::kFieldInvalid));
    CHECK(DetailsOf(status)->violations.at(0).field == "topics[3].create_time");
  }
}

}  // namespace
}  // namespace guildhall::rpc
