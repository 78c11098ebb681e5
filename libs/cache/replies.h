#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/time/time.h"
#include "libs/base/bytes.h"
#include "libs/base/clock.h"
#include "libs/cache/method.h"
#include "libs/cache/reply_cache.h"
#include "libs/cache/shared_store.h"
#include "libs/settings/schema.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::cache {

// No reply from a cache is older than this: it holds everything that was committed so long ago.
inline constexpr absl::Duration kOldest = absl::Seconds(1);

struct Settings {
  // 0 switches the replies in this process's memory off.
  Bytes bytes = MiB(16);
  // Whether replies that are lists are looked for in Redis, too, where there is one.
  bool shared = true;

  void Describe(settings::Schema& schema);
};

// The cached replies of a service: what the engine asks before it reads, what a writer invalidates
// before it answers, what the follower of the change log keeps fresh. Thread-safe.
//
// Replies are given out only while the follower is heard: when it last looked at the log more than
// kOldest ago, every call goes to the database.
class Replies {
 public:
  Replies(const Settings& settings, telemetry::Metrics& metrics,
          std::optional<Sharing> sharing = std::nullopt, const Clock& clock = SystemClock());
  Replies(const Replies&) = delete;
  Replies& operator=(const Replies&) = delete;

  // Whether anything is kept at all.
  bool on() const { return on_; }

  // Before the server starts. The method lives as long as this.
  const Method& Declare(std::string_view name);

  // What is found for a call before it reads.
  struct Found {
    SharedReply reply;             // null: read
    absl::Duration good_until;     // of the reply, monotonic
    std::optional<Ticket> ticket;  // what is read after it may be kept; empty: keep nothing
    std::uint64_t horizon = 0;     // of the last look at the log, when the ticket was taken
  };
  Found Find(const Method& method, const Key& key);

  // Whether a reply that was found is not too old yet.
  bool Good(absl::Duration good_until) const { return clock_.Monotonic() < good_until; }

  // Gets the reply, or null: then whoever waits reads for itself.
  using Waiter = std::function<void(SharedReply)>;

  // A read under way. Whoever holds it lands it once; letting go of it lands nothing.
  class Flight {
   public:
    ~Flight() { Land(nullptr); }
    Flight(const Flight&) = delete;
    Flight& operator=(const Flight&) = delete;

    // Keeps what was read and hands it to those who wait; null: each reads for itself.
    void Land(SharedReply reply);
    Ticket ticket() const { return found_.ticket.value_or(Ticket()); }

   private:
    friend class Replies;
    Flight(Replies& replies, const Method& method, Subject subject, Found found)
        : replies_(replies),
          method_(method),
          subject_(std::move(subject)),
          found_(std::move(found)) {}
    Replies& replies_;
    const Method& method_;
    const Subject subject_;
    const Found found_;
    bool landed_ = false;          // of whoever lands it
    bool recalled_ = false;        // likewise: what lands came from Redis
    std::vector<Waiter> waiting_;  // guarded by flights_mutex_
  };

  // Waits for the read of the same reply that is under way, if none of its tags was invalidated
  // since it began: then `waiter` is asked for what is called once, on any thread. Otherwise the
  // caller reads, and gets the flight to land.
  std::shared_ptr<Flight> Join(const Method& method, const Subject& subject, const Found& found,
                               absl::FunctionRef<Waiter()> waiter);

  // Whether replies are looked for in Redis.
  bool shares() const { return store_ != nullptr; }

  // Looks for the reply of a flight in Redis. `done` is called once, on any thread: with the reply,
  // which has landed by then, or null when there is none that is not outdated.
  void Recall(const std::shared_ptr<Flight>& flight, Waiter done);

  // Keeps a reply that was read after `ticket`, unless one of its tags was invalidated since.
  void Keep(Ticket ticket, const Subject& subject, SharedReply reply);

  // By a writer, after its COMMIT and before its answer; also when it is not known whether the
  // commit went through.
  void Invalidate(const Tags& tags);

  // The follower's side: see Follower. What it has seen, when it had sent its question.
  Ticket Note() const { return cache_.Note(); }
  void Changed(const Tags& tags, std::uint64_t xid);
  void Restart(std::uint64_t horizon, std::int64_t server);
  void Heard(absl::Duration sent, Ticket before, std::uint64_t horizon);
  void ShowHeard();
  const Clock& clock() const { return clock_; }

 private:
  void Landed(Flight& flight, const SharedReply& reply);
  void Share(const Flight& flight, const SharedReply& reply);
  bool Outdated(const Subject& subject, std::uint64_t horizon);
  bool Heard() const;
  void ShowUsage();

  const Clock& clock_;
  const bool on_;
  telemetry::Metrics& metrics_;
  ReplyCache cache_;
  telemetry::Counter& invalidations_;
  telemetry::Counter& dropped_;
  telemetry::Gauge& bytes_;
  telemetry::Gauge& kept_;
  telemetry::Gauge& heard_;
  std::vector<std::unique_ptr<Method>> methods_;
  std::atomic<std::int64_t> good_until_ns_ = 0;  // monotonic
  std::mutex log_mutex_;
  // What the looks at the log have told, guarded by log_mutex_.
  RecentTags changed_{kRememberedChanges};  // by transaction id
  Ticket covered_;                          // taken before the last look was sent
  std::uint64_t horizon_ = 0;
  std::int64_t server_ = 0;
  std::mutex flights_mutex_;
  absl::flat_hash_map<Key, Flight*> flights_;  // guarded by flights_mutex_
  std::unique_ptr<SharedStore> store_;         // last: it ends first; null: there is none

 public:
  // Entries in Redis that are older than so many changes count as outdated.
  static constexpr std::size_t kRememberedChanges = 32768;
};

}  // namespace guildhall::cache
