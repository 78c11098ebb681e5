#include <catch2/catch.hpp>

#include "libs/rpc/address.h"
#include "libs/rpc/engine_fixture.h"

namespace guildhall::rpc {
namespace {

TEST_CASE("a service listens on private addresses only") {
  for (const char* good :
       {"unix:/run/guildhall/directory", "127.0.0.1:0", "localhost:7001", "[::1]:7001"}) {
    CHECK(CheckListenAddress(good).ok());
  }
  for (const std::string bad :
       {"0.0.0.0:7001", "[::]:7001", "10.0.0.1:7001", "7001", ":7001", "unix:relative",
        "127.0.0.1:70000", "127.0.0.1:", "", "example.org:80"}) {
    INFO(bad);
    CHECK(!CheckListenAddress(bad).ok());
  }
  CHECK(!CheckListenAddress("unix:/" + std::string(107, 'x')).ok());
}

TEST_CASE_METHOD(EngineFixture, "an address that is taken is told and nothing is taken away") {
  const std::string socket = "unix:/tmp/guildhall_engine_taken_" + std::to_string(getpid());
  for (const std::string& address : {std::string("127.0.0.1:0"), socket}) {
    Queue first_queue;
    Queue second_queue;
    Server first(first_queue, {.listen = address}, Parts());
    AddHandlers(first);
    REQUIRE(first.Start().ok());
    Server second(second_queue, {.listen = first.address()}, Parts());
    AddHandlers(second);
    CHECK(second.Start().code() == absl::StatusCode::kUnavailable);
    CHECK(TestClient(first.address()).Call({}).status.ok());
  }
}

class TableFixture : public EngineFixture {
 public:
  std::string StartMessage() { return std::string(table.Start().message()); }
  template <typename Req, typename Resp>
  void Serve(const std::string& method) {
    table.Inline<Req, Resp>("guildhall.enginetest.v1." + method,
                            [](const Call&, const Req&) { return Resp(); });
  }
  Server table{queue, {}, Parts()};
};

TEST_CASE_METHOD(TableFixture, "a server with a method without a handler does not start") {
  Serve<EngineText, EngineText>("EngineSecondService/One");
  CHECK_THAT(StartMessage(),
             Catch::Contains("EngineSecondService/Two: is declared and has no handler"));
}

TEST_CASE_METHOD(TableFixture, "a server whose handler has other types does not start") {
  Serve<EngineText, EngineText>("EngineSecondService/One");
  Serve<EngineText, EngineOther>("EngineSecondService/Two");
  CHECK_THAT(StartMessage(), Catch::Contains("EngineSecondService/Two: the handler is (") &&
                                 Catch::Contains("EngineOther"));
}

TEST_CASE_METHOD(TableFixture, "a server with a handler for no method does not start") {
  Serve<EngineText, EngineText>("EngineSecondService/Three");
  CHECK_THAT(StartMessage(), Catch::Contains("EngineSecondService/Three: there is no such method"));
}

TEST_CASE_METHOD(TableFixture, "a server with a method without a policy does not start") {
  Serve<EngineText, EngineText>("EngineLawlessService/Anything");
  CHECK_THAT(StartMessage(), Catch::Contains("EngineLawlessService"));
}

}  // namespace
}  // namespace guildhall::rpc
