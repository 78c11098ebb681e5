#include "libs/http/grpc_status.h"

#include <catch2/catch.hpp>

#include "libs/base/refusal.h"

namespace guildhall::http {
namespace {

constexpr Reason kTooMany{"guildhall.test.v1", "TOO_MANY", absl::StatusCode::kResourceExhausted};

TEST_CASE("a refusal arrives as the refusal that it was") {
  const absl::Status sent = Refusal(kTooMany, "Too many.")
                                .With("limit", "64")
                                .Field("topic.title", "Is too long.")
                                .RetryAfter(absl::Milliseconds(1500));
  const absl::Status arrived = ParseStatus(8, "Too many.", SerializeStatus(sent));
  CHECK(arrived == sent);
  CHECK(Is(arrived, kTooMany));
  CHECK(DetailsOf(arrived)->retry_after == absl::Milliseconds(1500));
}

TEST_CASE("details that say nothing leave a plain status") {
  CHECK(ParseStatus(5, "Gone.", "") == absl::NotFoundError("Gone."));
  CHECK(ParseStatus(5, "Gone.", "\xff\xff") == absl::NotFoundError("Gone."));
  CHECK(ParseStatus(5, "Gone.", SerializeStatus(absl::NotFoundError("Gone."))) ==
        absl::NotFoundError("Gone."));
  CHECK(ParseStatus(99, "?", "").code() == absl::StatusCode::kUnknown);
  CHECK(ParseStatus(-1, "?", "").code() == absl::StatusCode::kUnknown);
  CHECK(ParseStatus(0, "", "").ok());
}

}  // namespace
}  // namespace guildhall::http
