#include "services/gateway/api/live.h"

#include <array>
#include <optional>
#include <utility>

#include "libs/base/status_macros.h"
#include "libs/changelog/tail.h"
#include "libs/feeds/change_source.h"
#include "libs/feeds/follower.h"
#include "libs/feeds/watched_facts.h"
#include "libs/http/ticker.h"
#include "libs/redis/settings.h"
#include "libs/rpc/client.h"
#include "libs/rpc/queue.h"
#include "libs/rpc/workers.h"
#include "libs/telemetry/log.h"
#include "services/gateway/api/live_hub.h"

namespace guildhall::gateway {
namespace {

// How often heartbeats and whatever waits for time to pass are looked at.
constexpr absl::Duration kTick = absl::Milliseconds(250);
// How long the tail of a log may wait for something new at once.
constexpr absl::Duration kListen = absl::Seconds(1);
constexpr absl::Duration kLoadTimeout = absl::Seconds(5);
// After something was away.
constexpr absl::Duration kPause = absl::Milliseconds(100);
// How soon it is looked again whether the facts are as new as the changes; mostly they are.
constexpr absl::Duration kFactsPause = absl::Milliseconds(2);
// Threads that read logs for streams from far behind, and pages that wait for one.
constexpr int kReaders = 2;
constexpr int kReads = 64;
// Changes of a page for one of these.
constexpr int kReaderPage = 200;

constexpr const char* kProducers[kLogs] = {"directory", "discussions"};

changelog::Position FromDomain(const LogPosition& position) {
  return {position.incarnation, {position.place.xid, position.place.n}};
}

LogPosition ToDomain(const changelog::Position& position) {
  return {position.incarnation, {position.place.xid, position.place.n}};
}

}  // namespace

// In the order in which they need each other.
struct Live::Parts {
  Parts(http::Loop& l, const Settings& settings, access::ServiceKey key, telemetry::Metrics& m,
        FreshCallers& fresh_callers)
      : loop(l),
        metrics(m),
        redis(settings.redis),
        measures(m),
        hub({.queue = queue,
             .loop = l,
             .read_log = [this](Log log, const LogPosition& from,
                                auto done) { return ReadLog(log, from, std::move(done)); },
             .secret = settings.service_key.Reveal(),
             .measures = measures,
             .random = random,
             .fresh_callers = fresh_callers,
             .limits = {}}),
        identity(ClientOf("identity", settings.identity_address, key)),
        directory(ClientOf("directory", settings.directory_address, key)),
        discussions(ClientOf("discussions", settings.discussions_address, key)) {
    queue.Await([this] {
      hub.UseFacts(**facts);
      facts->sessions().Observe([this](const auto& change) { hub.OnSessionForgotten(change); });
      facts->standings().Observe([this](const auto&) { hub.OnStandingForgotten(); });
    });
    for (std::size_t i = 0; i < kLogs; ++i) {
      logs[i].emplace(*this, static_cast<Log>(i));
    }
  }
  ~Parts() {
    ending.Cancel();
    queue.Await([this] { hub.Close(); });
    for (auto& log : logs) log.reset();
  }

  std::unique_ptr<rpc::Client> ClientOf(std::string peer, std::string addresses,
                                        const access::ServiceKey& key) {
    return std::make_unique<rpc::Client>(rpc::ClientParts{.queue = queue,
                                                          .self = "gateway",
                                                          .peer = std::move(peer),
                                                          .addresses = std::move(addresses),
                                                          .service_key = key,
                                                          .metrics = metrics});
  }
  rpc::Client& Producer(Log log) { return log == Log::kDirectory ? *directory : *discussions; }
  bool ReadLog(Log log, const LogPosition& from,
               std::function<void(absl::StatusOr<LoadedPage>)> done);
  absl::StatusOr<LoadedPage> ReadPage(Log log, const LogPosition& from);

  // One log, followed on a thread of its own.
  struct Followed {
    Followed(Parts& p, Log l)
        : parts(p),
          log(l),
          tail({.producer = kProducers[static_cast<std::size_t>(l)],
                .source = feeds::ReadChangesOf(p.Producer(l)),
                .redis = p.redis,
                .metrics = p.metrics}),
          loader(p.Producer(l)),
          follower([this](Cancellation& ending) { return Step(ending); }) {}

    absl::Duration Step(Cancellation& ending);
    // Hands a page that is ready to the hub; false while directory's facts are older than it.
    bool Deliver();

    Parts& parts;
    const Log log;
    changelog::Tail tail;
    const ChangeLoader loader;
    bool begun = false;
    Place told;                           // up to where the hub has everything
    std::optional<changelog::Page> page;  // to be loaded
    std::optional<LoadedPage> loaded;     // to be delivered
    feeds::Follower follower;             // last: it uses all of the above
  };

  http::Loop& loop;
  telemetry::Metrics& metrics;
  Cancellation ending;
  const redis::RedisSettings redis;
  LiveMeasures measures;
  BufferedRandom random;
  rpc::Queue queue;
  LiveHub hub;
  std::unique_ptr<rpc::Client> identity, directory, discussions;
  std::optional<feeds::WatchedFacts> facts{std::in_place, queue, *identity, *directory, metrics};
  rpc::Workers readers{kReaders, kReads, metrics};
  std::array<std::optional<Followed>, kLogs> logs;
  http::Ticker ticker{loop, kTick, [this] { hub.Tick(); }};
};

absl::Duration Live::Parts::Followed::Step(Cancellation& ending) {
  if (loaded) return Deliver() ? absl::ZeroDuration() : kFactsPause;
  if (!page) {
    absl::StatusOr<changelog::Page> next =
        tail.Next({.deadline = Deadline::After(kListen), .cancellation = &ending});
    if (!next.ok()) return kPause;
    page = *std::move(next);
  }
  const LogPosition end = ToDomain(page->end);
  if (!begun || page->reset) {
    parts.queue.Await([&] { parts.hub.Begin(log, end); });
    begun = true;
  } else if (page->entries.empty() && end.place == told) {
    // Nothing.
  } else if (bool skipped = false;
             parts.queue.Await([&] { skipped = parts.hub.Skip(log, end); }), !skipped) {
    absl::StatusOr<LoadedPage> result = loader.Load(
        told, *page, {.deadline = Deadline::After(kLoadTimeout), .cancellation = &ending});
    if (!result.ok()) return kPause;
    loaded = *std::move(result);
  }
  page.reset();
  told = end.place;
  return absl::ZeroDuration();
}

bool Live::Parts::Followed::Deliver() {
  bool delivered = false;
  parts.queue.Await([&] {
    // Who gained a community with one of these changes must not be taken for an outsider when the
    // next ones come. Without a lease nothing is taken from what is known here.
    const feeds::Lease& lease = parts.facts->standings().lease();
    if (lease.Holds() && lease.applied() < loaded->access_revision) return;
    parts.hub.Append(log, *std::move(loaded));
    delivered = true;
  });
  if (delivered) loaded.reset();
  return delivered;
}

bool Live::Parts::ReadLog(Log log, const LogPosition& from,
                          std::function<void(absl::StatusOr<LoadedPage>)> done) {
  return readers.Submit(rpc::Workers::Kind::kRead, [this, log, from, done = std::move(done)] {
    auto page = std::make_shared<absl::StatusOr<LoadedPage>>(ReadPage(log, from));
    queue.Post([page, done] { done(std::move(*page)); });
  });
}

absl::StatusOr<LoadedPage> Live::Parts::ReadPage(Log log, const LogPosition& from) {
  const rpc::Context context{.deadline = Deadline::After(kLoadTimeout), .cancellation = &ending};
  GUILDHALL_ASSIGN(const changelog::Page page,
                   feeds::ReadChangesOf(Producer(log), kReaderPage)(FromDomain(from), context));
  return ChangeLoader(Producer(log)).Load(from.place, page, context);
}

absl::StatusOr<std::unique_ptr<Live>> Live::Start(http::Loop& loop, const Settings& settings,
                                                  telemetry::Metrics& metrics,
                                                  FreshCallers& fresh_callers) {
  GUILDHALL_TRY(redis::Check(settings.redis));
  GUILDHALL_ASSIGN(access::ServiceKey key,
                   access::ServiceKey::FromSecret(settings.service_key.Reveal()));
  auto parts = std::make_unique<Parts>(loop, settings, std::move(key), metrics, fresh_callers);
  return std::unique_ptr<Live>(new Live(std::move(parts)));
}

Live::Live(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Live::~Live() = default;

LiveHub& Live::hub() { return parts_->hub; }

}  // namespace guildhall::gateway
