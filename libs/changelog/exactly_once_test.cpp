// Each change reaches a consumer and takes effect once, in the order of its key, whatever dies on
// the way. GUILDHALL_SEED=<number> repeats a run's choices.
#include <atomic>
#include <cstdlib>
#include <random>

#include "libs/changelog/log_fixture.h"
#include "libs/changelog/peer_fixture.h"
#include "libs/changelog/stream.h"
#include "libs/testing/eventually.h"
#include "libs/testing/private_redis.h"
#include "libs/testing/seeded_random.h"

namespace guildhall::changelog {
namespace {

constexpr int kWriters = 64;
constexpr int kKeys = 12;
constexpr postgres::Statement kLinger{"linger", "SELECT pg_sleep($1)::text"};
constexpr postgres::Migration kApplied[] = {
    {1, "0001_create_applied", "CREATE TABLE applied (place bigserial, key uuid, key_seq bigint)"}};

TEST_CASE("a relay or a consumer in a process of its own", "[.peer]") {
  const char* text = std::getenv(kPeerVariable);
  if (text != nullptr) PeerBody(Peer::FromText(text)).Run();
}

Uuid KeyOf(int n) {
  Uuid key = kTopic;
  key.bytes[15] = static_cast<std::uint8_t>(n);
  return key;
}

struct Proof : TestLog {
  Proof() {
    postgres::PostgresSettings settings = this->settings();
    settings.write_connections = kWriters;
    auto opened = postgres::Database::Open(settings);
    REQUIRE(opened.ok());
    writers = *std::move(opened);
    // The consumer begins with the log.
    PeerBody first(PeerOf("consumer"));
    Consumer consumer(first.own(), "proof", first.MakeTail(), first.MakeEffect());
    REQUIRE(consumer.RunOnce(context()).ok());
  }

  Peer PeerOf(const std::string& role, const std::string& step = "", int at = 0) {
    return {role, step, at, settings().conninfo, own.settings().conninfo, redis.settings().address};
  }

  // Transactions that take their xid, linger, append to some keys, linger, and often give up.
  void Write(int writer, int transactions) {
    std::mt19937_64 chance(seed + static_cast<std::uint64_t>(writer));
    const auto pick = [&](int most) { return static_cast<int>(chance() % (most + 1)); };
    for (int i = 0; i < transactions; ++i) {
      const absl::Status status = writers->Transact(
          {.deadline = Deadline::After(absl::Seconds(20))}, [&](postgres::Work& work) {
            const auto begun = work.Run(kTakeXid);
            const auto waited = work.Run(kLinger, pick(20) / 1000.0);
            // In one order, so that nobody waits in a ring.
            for (int key = pick(kKeys - 1), count = pick(3); key < kKeys && count > 0;
                 key += 1 + pick(2), --count) {
              Append(work, ChangeOf(KeyOf(key), i));
              if (pick(1) == 0) Append(work, ChangeOf(KeyOf(key), i));
            }
            const auto lingered = work.Run(kLinger, pick(5) / 1000.0);
            return pick(4) == 0 ? absl::AbortedError("gives up") : lingered.status();
          });
      committed += status.ok() ? 1 : 0;
    }
  }

  // Starts one peer after the other; each dies at the next step, the first to the third time.
  void KeepKilling(const std::string& role, int number) {
    std::mt19937_64 chance(seed + 1000 + static_cast<std::uint64_t>(number));
    const std::vector<std::string>& steps = StepsOf(role);
    for (std::size_t i = chance(); !over; ++i) {
      const Peer peer = PeerOf(role, steps[i % steps.size()], 1 + static_cast<int>(chance() % 3));
      const PeerProcess process(peer, log);
      deaths += process.EndsWithin(absl::Milliseconds(300 + chance() % 500)) ? 1 : 0;
    }
  }

  // Whatever may happen to Redis; from the test's own thread.
  void TroubleRedis(std::mt19937_64& chance) {
    switch (chance() % 6) {
      case 0:
        return redis.Flush();
      case 1:
        redis.Stop();
        return redis.Start();
      case 2:
        redis.Pause();
        CHECK(writers->Read(context(), kLinger, 0.3).ok());
        return redis.Resume();
      default:
        const auto connection = redis::Connection::Open(redis.settings(), context().deadline);
        if (!connection.ok()) return;
        const std::string stream = StreamName("test", incarnation);
        (*connection)
            ->Ask(redis::Command("XTRIM", stream, "MAXLEN", "1"), context().deadline)
            .status()
            .IgnoreError();
    }
  }

  void Run(int transactions) {
    std::vector<std::thread> threads, peers;
    for (int i = 0; i < kWriters; ++i) {
      threads.emplace_back([this, i, transactions] { Write(i, transactions); });
    }
    for (int i = 0; i < 2; ++i) {
      peers.emplace_back([this, i] { KeepKilling("relay", i); });
      peers.emplace_back([this, i] { KeepKilling("consumer", 10 + i); });
    }
    std::atomic<bool> written = false;
    std::thread watch([&] {
      for (std::thread& thread : threads) thread.join();
      written = true;
    });
    std::mt19937_64 chance(seed + 2000);
    while (!written) {
      TroubleRedis(chance);
      CHECK(writers->Read(context(), kLinger, static_cast<double>(chance() % 300) / 1000).ok());
    }
    watch.join();
    applied_in_time = std::stoi(CountApplied());
    over = true;
    for (std::thread& peer : peers) peer.join();
  }

  std::string CountApplied() { return own.Ask("SELECT count(*) FROM applied"); }

  // Lets one of each that nobody kills finish, and compares.
  void Compare() {
    const PeerProcess relay(PeerOf("relay"), log);
    const PeerProcess consumer(PeerOf("consumer"), log);
    const std::string total = Ask("SELECT count(*) FROM change_log");
    std::string applied;
    // For as long as there is progress.
    const auto moves = [&] { return applied != std::exchange(applied, CountApplied()); };
    while (applied != total) REQUIRE(testing::Eventually(moves));
    const std::string rows = "string_agg(key || ' ' || key_seq, ',' ORDER BY key, key_seq)";
    CHECK(Ask("SELECT md5(" + rows + ") FROM change_log") ==
          own.Ask("SELECT md5(" + rows + ") FROM applied"));
    // The next number of the key each time.
    CHECK(own.Ask("SELECT count(*) FROM (SELECT key_seq, row_number() OVER (PARTITION BY key "
                  "ORDER BY place) AS expected FROM applied) a WHERE key_seq <> expected") == "0");
  }

  const std::uint64_t seed = testing::SeedOr(std::random_device()());
  testing::TestDatabase own{{{"changelog", kMigrations}, {"own", kApplied}}};
  testing::PrivateRedis redis;
  const std::string log = redis.folder() + "/peers";
  const Uuid incarnation = Start().incarnation;
  std::unique_ptr<postgres::Database> writers;
  std::atomic<int> committed = 0;
  std::atomic<int> deaths = 0;
  std::atomic<bool> over = false;
  int applied_in_time = 0;  // while the writers wrote
};

TEST_CASE_METHOD(Proof, "whatever dies, each change of 64 writers takes effect once, in order") {
  INFO("GUILDHALL_SEED=" << seed);
  Run(20);
  Compare();
  CHECK(committed > kWriters);
  CHECK(deaths > 0);
  CHECK(Ask("SELECT count(*) > 0 FROM change_log WHERE after_xid > xid") == "t");
}

TEST_CASE_METHOD(Proof, "the same for longer", "[.long]") {
  INFO("GUILDHALL_SEED=" << seed);
  Run(300);
  Compare();
  CHECK(deaths > 50);
  CHECK(applied_in_time > 1000);
  WARN("GUILDHALL_SEED=" << seed << ": " << committed << " transactions, " << deaths << " deaths");
}

}  // namespace
}  // namespace guildhall::changelog
