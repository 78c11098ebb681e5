#include "libs/rpc/measures.h"

#include <catch2/catch.hpp>

#include "libs/rpc/engine_fixture.h"

namespace guildhall::rpc {
namespace {

TEST_CASE_METHOD(EngineFixture, "every call is counted by method and code") {
  Start();
  client->Call({.method = "Quick"});
  client->Call({.method = "Nothing"});
  client->Call({.method = "Mine"});
  server->Drain(absl::Seconds(10));
  const std::string text = metrics.Text();
  const auto series = [](std::string name, std::string service, std::string method) {
    return "grpc_server_" + name + "grpc_method=\"" + method + "\",grpc_service=\"" + service +
           "\",grpc_type=\"unary\"} 1";
  };
  const std::string service = "guildhall.enginetest.v1.EngineTestService";
  CHECK_THAT(text, Catch::Contains(series("started_total{", service, "Quick")));
  CHECK_THAT(text, Catch::Contains(series("handled_total{grpc_code=\"OK\",", service, "Quick")));
  CHECK_THAT(text, Catch::Contains(
                       series("handled_total{grpc_code=\"Unauthenticated\",", service, "Mine")));
  CHECK_THAT(text, Catch::Contains(
                       series("handled_total{grpc_code=\"Unimplemented\",", "unknown", "unknown")));
  CHECK_THAT(text, Catch::Contains(series("handling_seconds_count{", service, "Quick")));
}

}  // namespace
}  // namespace guildhall::rpc
