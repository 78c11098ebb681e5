#include "libs/rpc/wire_status.h"

#include <catch2/catch.hpp>

#include "libs/rpc/engine_fixture.h"
#include "libs/telemetry/log.h"

namespace guildhall::rpc {
namespace {

TEST_CASE_METHOD(EngineFixture, "a refusal arrives as the refusal that it was") {
  quick = [](const Call&, const EngineText&) -> absl::StatusOr<EngineText> {
    return Refusal(reasons::kFieldInvalid, "Two fields are at fault.")
        .Field("topic.title", "is empty")
        .Field("markdown", "is too long; at most 64 KiB")
        .With("limit", "65536")
        .RetryAfter(absl::Milliseconds(1500));
  };
  Start();
  const auto status = client->Call({.method = "Quick"}).status;
  REQUIRE(Is(status, reasons::kFieldInvalid));
  CHECK(status.message() == "Two fields are at fault.");
  const auto details = DetailsOf(status);
  CHECK(details->violations.at(1).description == "is too long; at most 64 KiB");
  CHECK(details->metadata.at(0).second == "65536");
  CHECK(details->retry_after == absl::Milliseconds(1500));
}

TEST_CASE_METHOD(EngineFixture, "what is no refusal is told without its inner words") {
  telemetry::StartLog({.sink = [](std::string_view) {}});
  absl::Status inner;
  quick = [&](const Call&, const EngineText&) -> absl::StatusOr<EngineText> { return inner; };
  Start();
  const auto told = [&](absl::Status status) {
    inner = std::move(status);
    return client->Call({.method = "Quick"}).status;
  };
  const auto internal = told(absl::InternalError("password is 123"));
  CHECK(Is(internal, reasons::kInternal));
  CHECK_THAT(std::string(internal.message()), !Catch::Contains("123"));
  CHECK(Is(told(absl::NotFoundError("row 17")), reasons::kInternal));
  CHECK(Is(told(absl::UnavailableError("db1:5432")), reasons::kDependencyAway));
  CHECK(Is(told(absl::DeadlineExceededError("poll")), reasons::kDeadlinePassed));
  telemetry::StartLog({});
}

TEST_CASE_METHOD(EngineFixture, "a handler that throws is a fault of the server") {
  telemetry::StartLog({.sink = [](std::string_view) {}});
  echo = [](const Call&, const EngineText&) -> absl::StatusOr<EngineText> {
    throw std::runtime_error("inner words");
  };
  Start();
  CHECK(Is(client->Call({}).status, reasons::kInternal));
  telemetry::StartLog({});
}

TEST_CASE("what the transport says is known from what an engine says") {
  for (const absl::Status& said :
       {absl::OkStatus(), absl::CancelledError("The caller went away."),
        absl::Status(Refusal(reasons::kNotFound, "There is nothing of this name."))}) {
    CHECK(SaidByEngine(ToWire(said)));
    CHECK(FromWire(ToWire(said)).code() == said.code());
  }
  CHECK_FALSE(SaidByEngine(grpc::Status(grpc::StatusCode::CANCELLED, "CANCELLED")));
}

}  // namespace
}  // namespace guildhall::rpc
