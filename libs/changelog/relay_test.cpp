// The relay and the tail with a real Redis between them.
#include "libs/changelog/relay.h"

#include "libs/changelog/log_fixture.h"
#include "libs/changelog/relay_thread.h"
#include "libs/changelog/stream.h"
#include "libs/changelog/tail.h"
#include "libs/testing/eventually.h"
#include "libs/testing/private_redis.h"

namespace guildhall::changelog {
namespace {

struct Fixture : TestLog {
  RelayParts Parts(std::function<void(std::string_view)> before = [](std::string_view) {}) {
    return {.database = **this,
            .producer = "test",
            .redis = redis.settings(),
            .metrics = metrics,
            .before = std::move(before)};
  }
  int Publish(Relay& by) {
    const auto count = by.RunOnce(context());
    return count.ok() ? *count : -1;
  }
  redis::Reply Tell(const redis::Command& command) {
    const auto connection = redis::Connection::Open(redis.settings(), context().deadline);
    REQUIRE(connection.ok());
    const auto reply = (*connection)->Ask(command, context().deadline);
    REQUIRE(reply.ok());
    return *reply;
  }
  std::string stream() { return StreamName("test", Start().incarnation); }
  // What the stream holds.
  std::string Published() {
    std::vector<Entry> entries;
    for (const redis::Reply& element :
         Tell(redis::Command("XRANGE", stream(), "-", "+")).elements) {
      const Unit unit = PublishedOf(element).value().unit;
      entries.insert(entries.end(), unit.entries.begin(), unit.entries.end());
    }
    return VersionsOf(entries);
  }
  std::string Hear() {
    const auto page = tail.Next({.deadline = Deadline::After(absl::Seconds(10))});
    REQUIRE(page.ok());
    return VersionsOf(page->entries);
  }
  // From now on nothing is heard but from the stream.
  void CutSource() {
    source = [](const Position& from, const postgres::Context&) { return Page{.end = from}; };
  }
  double Gaps() {
    return metrics.CounterOf("guildhall_changes_gaps_total", "", {{"producer", "test"}}).Value();
  }

  testing::PrivateRedis redis;
  telemetry::Metrics metrics;
  Relay relay{Parts()};
  Source source = AsSource();
  Tail tail{{.producer = "test",
             .source = [this](const Position& from,
                              const postgres::Context& at) { return source(from, at); },
             .redis = redis.settings(),
             .metrics = metrics}};
};

TEST_CASE_METHOD(Fixture, "what settles is published once, each key in its order") {
  CHECK(Publish(relay) == 0);
  OpenWriter writer(*this);
  Write(kTopic, 1);
  CHECK(Publish(relay) == 0);
  writer.Commit(kTopic, 2);
  CHECK(Publish(relay) == 2);
  CHECK(Publish(relay) == 0);
  CHECK(Published() == "1 2");
}

TEST_CASE_METHOD(Fixture, "a tail hears from the stream, each key in its order") {
  Publish(relay);
  Hear();
  CutSource();
  OpenWriter writer(*this);
  Write(kTopic, 1);
  Write({{.kind = 3, .key = kOther, .resource = kTopic, .version = 5, .origin = Origin::kImport}});
  writer.Commit(kTopic, 2);
  CHECK(Publish(relay) == 3);
  const auto page = tail.Next(context());
  REQUIRE(page.ok());
  CHECK(VersionsOf(page->entries) == "1 2 5");
  const Page read = Read(Position{page->end.incarnation, {}});
  CHECK(page->end == read.end);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(page->entries[i].place == read.entries[i].place);
    CHECK(page->entries[i].change.kind == read.entries[i].change.kind);
    CHECK(page->entries[i].change.resource == read.entries[i].change.resource);
    CHECK(page->entries[i].change.origin == read.entries[i].change.origin);
    CHECK(page->entries[i].time == read.entries[i].time);
  }
  CHECK(Gaps() == 0);
}

TEST_CASE_METHOD(Fixture, "a stream that was flushed shows a gap, and the log fills it") {
  Publish(relay);
  Hear();
  Write(kTopic, 1);
  CHECK(Publish(relay) == 1);
  redis.Flush();
  Write(kTopic, 2);
  CHECK(Publish(relay) == 1);
  source = [&](const Position& from, const postgres::Context& at) -> absl::StatusOr<Page> {
    // Asked once in time, while there was nothing to say, and once for the gap.
    return Gaps() == 0 ? Page{.end = from} : *AsSource()(from, at);
  };
  CHECK(Hear() == "1 2");
  CHECK(Gaps() == 1);
  CutSource();
  Write(kTopic, 3);
  CHECK(Publish(relay) == 1);
  CHECK(Hear() == "3");
}

TEST_CASE_METHOD(Fixture, "a tail that lags behind a trimmed stream reads the log") {
  Publish(relay);
  Hear();
  for (int version = 1; version <= 5; ++version) Write(kTopic, version);
  CHECK(Publish(relay) == 5);
  Tell(redis::Command("XTRIM", stream(), "MAXLEN", "1"));
  CHECK(Hear() == "1 2 3 4 5");
  CutSource();
  Write(kTopic, 6);
  CHECK(Publish(relay) == 1);
  CHECK(Hear() == "6");
}

TEST_CASE_METHOD(Fixture, "garbage in the stream's place costs time and nothing else") {
  Publish(relay);
  Hear();
  Tell(redis::Command("SET", stream(), "garbage"));
  Write(kTopic, 1);
  CHECK(Hear() == "1");
  CHECK(Publish(relay) == -1);
  CHECK(Publish(relay) == 1);
  Tell(redis::Command("XADD", stream(), "99999999999999-1", "key", "short"));
  Write(kTopic, 2);
  CHECK(Hear() == "2");
  // It stood behind everything that could have been published.
  CHECK(Publish(relay) == 0);
  CHECK(Publish(relay) == 1);
  CHECK(Published() == "2");
}

TEST_CASE_METHOD(Fixture, "one process publishes, another one when it lets go") {
  Publish(relay);
  Relay other(Parts());
  Write(kTopic, 1);
  CHECK(Publish(other) == 0);
  CHECK(Publish(relay) == 1);
  relay.Release(context());
  Write(kTopic, 2);
  CHECK(Publish(other) == 1);
  CHECK(Published() == "1 2");
}

TEST_CASE_METHOD(Fixture, "a relay that was believed dead puts nothing in a wrong place") {
  Publish(relay);
  Relay other(Parts());
  bool slept = false;
  Relay zombie(Parts([&](std::string_view step) {
    if (step != "publish" || std::exchange(slept, true)) return;
    Run("UPDATE change_relay SET until = '-infinity'");
    Write(kTopic, 3);
    CHECK(Publish(other) == 2);
  }));
  Write(kTopic, 1);
  CHECK(Publish(relay) == 1);
  relay.Release(context());
  Write(kTopic, 2);
  CHECK(Publish(zombie) == 0);
  CHECK(Published() == "1 2 3");
  Write(kTopic, 4);
  CHECK(Publish(zombie) == 1);
  CHECK(Published() == "1 2 3 4");
}

TEST_CASE_METHOD(Fixture, "a Redis that stops or hangs holds the tail up for a moment") {
  Publish(relay);
  Hear();
  redis.Stop();
  Write(kTopic, 1);
  CHECK(Hear() == "1");
  CHECK(Publish(relay) == -1);
  redis.Start();
  Write(kTopic, 2);
  CHECK(testing::Eventually([&] { return Publish(relay) > 0; }));
  redis.Pause();
  Write(kTopic, 3);
  CHECK(Hear() == "2 3");
  redis.Resume();
  CutSource();
  CHECK(testing::Eventually([&] {
    Write(kTopic, 4);
    return Publish(relay) > 0 &&
           !tail.Next({.deadline = Deadline::After(absl::Milliseconds(300))})->entries.empty();
  }));
}

TEST_CASE_METHOD(Fixture, "a restored log is published to a stream of its own") {
  Publish(relay);
  Write(kTopic, 1);
  CHECK(Publish(relay) == 1);
  Run("UPDATE change_log_head SET incarnation = gen_random_uuid()");
  CHECK(Publish(relay) == 0);
  Write(kTopic, 2);
  CHECK(Publish(relay) == 1);
  CHECK(Published() == "2");
}

TEST_CASE_METHOD(Fixture, "operators see how long writers are open and what is not published") {
  Publish(relay);
  OpenWriter writer(*this);
  Write(kTopic, 1);
  telemetry::Metrics seen;
  RelayParts parts = Parts();
  const RelayThread thread(
      {.database = parts.database, .producer = "test", .redis = {}, .metrics = seen});
  CHECK(testing::Eventually(
      [&] { return seen.GaugeOf("guildhall_changes_settle_lag_seconds", "").Value() > 0; }));
}

TEST_CASE_METHOD(Fixture, "a full Redis takes no changes, and tails miss none") {
  Publish(relay);
  Hear();
  Tell(redis::Command("CONFIG", "SET", "maxmemory", "1"));
  Write(kTopic, 1);
  CHECK(absl::IsResourceExhausted(relay.RunOnce(context()).status()));
  CHECK(Hear() == "1");
  Tell(redis::Command("CONFIG", "SET", "maxmemory", "0"));
  CutSource();
  Write(kTopic, 2);
  CHECK(Publish(relay) == 2);
  CHECK(Hear() == "2");
}

}  // namespace
}  // namespace guildhall::changelog
