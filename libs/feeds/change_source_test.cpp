#include "libs/feeds/change_source.h"

#include <catch2/catch.hpp>
#include <optional>

#include "changelog/migrations.h"
#include "guildhall/change/v1/internal_change_service.pb.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/feeds/remote_facts.h"
#include "libs/rpc/server.h"
#include "libs/testing/test_database.h"

namespace guildhall::feeds {
namespace {

const Uuid kTopic = *Uuid::Parse("018bcfe5-687b-7000-8000-000000000001");
const Uuid kPost = *Uuid::Parse("018bcfe5-687b-7000-8000-000000000002");
const std::string kMethod = "guildhall.change.v1.InternalChangeService/ReadChanges";

// A service with a log, and one that follows it.
struct Fixture {
  Fixture() {
    RegisterReadChanges(*database, server);
    REQUIRE(server.Start().ok());
    client.emplace(rpc::ClientParts{.queue = queue,
                                    .self = "follower",
                                    .peer = "producer",
                                    .addresses = server.address(),
                                    .service_key = key,
                                    .metrics = metrics});
  }
  static rpc::Context Soon() { return {.deadline = Deadline::After(absl::Seconds(10))}; }
  void Write(std::int64_t version) {
    const changelog::Change change{.kind = 11,
                                   .key = kTopic,
                                   .resource = kPost,
                                   .version = version,
                                   .origin = changelog::Origin::kImport};
    REQUIRE(database
                ->Transact(Soon(),
                           [&](postgres::Work& work) {
                             changelog::Append(work, change);
                             return absl::OkStatus();
                           })
                .ok());
  }
  changelog::Page Read(const changelog::Position& from) {
    const auto page = ReadChangesOf(*client)(from, Soon());
    REQUIRE(page.ok());
    return *page;
  }
  absl::Status Ask(const change::v1::ReadChangesRequest& request) {
    return client->Call<change::v1::ReadChangesResponse>(kMethod, request, Soon()).status();
  }

  const access::ServiceKey key = *access::ServiceKey::FromSecret(std::string(32, 'k'));
  testing::TestDatabase database{{{"changelog", changelog::kMigrations}}};
  telemetry::Metrics metrics;
  rpc::Queue queue;
  RemoteFacts nobody{queue, [](auto, auto, auto) {}, [](auto, auto, auto) {}};
  rpc::Server server{
      queue, {}, {.service = "producer", .facts = nobody, .metrics = metrics, .service_key = key}};
  std::optional<rpc::Client> client;
};

TEST_CASE_METHOD(Fixture, "another service reads what has changed since it last asked") {
  Write(1);
  const changelog::Position now = Read({}).end;
  Write(2);
  Write(3);
  const changelog::Page page = Read(now);
  REQUIRE(page.entries.size() == 2);
  const changelog::Entry& entry = page.entries[1];
  CHECK(entry.change.kind == 11);
  CHECK(entry.change.key == kTopic);
  CHECK(entry.change.resource == kPost);
  CHECK(entry.change.version == 3);
  CHECK(entry.change.origin == changelog::Origin::kImport);
  CHECK(entry.key_seq == 3);
  CHECK(entry.time > SystemClock().Now() - absl::Minutes(1));
  CHECK(page.end.place == entry.place);
  CHECK(Read(page.end).entries.empty());
}

TEST_CASE_METHOD(Fixture, "another service is told that its position is of another past") {
  const changelog::Position old = Read({}).end;
  database.Run("UPDATE change_log_head SET incarnation = gen_random_uuid()");
  const changelog::Page page = Read(old);
  CHECK(page.reset);
  CHECK(page.end.incarnation != old.incarnation);
}

TEST_CASE_METHOD(Fixture, "what is no position and no limit is refused") {
  change::v1::ReadChangesRequest request;
  request.mutable_from()->set_incarnation("short");
  CHECK(Is(Ask(request), policy::reasons::kFieldInvalid));
  request.clear_from();
  request.set_limit(1001);
  CHECK(Is(Ask(request), policy::reasons::kFieldInvalid));
  request.set_limit(-1);
  CHECK(Is(Ask(request), policy::reasons::kFieldInvalid));
  request.set_limit(1000);
  CHECK(Ask(request).ok());
}

}  // namespace
}  // namespace guildhall::feeds
