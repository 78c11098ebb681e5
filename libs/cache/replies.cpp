#include "libs/cache/replies.h"

#include <utility>

namespace guildhall::cache {
void Settings::Describe(settings::Schema& schema) {
  schema.Add("cache_bytes", &bytes,
             "How much memory cached replies may take in this process; 0 keeps none");
  schema.Add("cache_shared", &shared, "Whether to keep replies in Redis, too, for all processes");
}

Replies::Replies(const Settings& settings, telemetry::Metrics& metrics,
                 std::optional<Sharing> sharing, const Clock& clock)
    : clock_(clock),
      on_(Count(settings.bytes) > 0 ||
          (settings.shared && sharing && !sharing->redis.address.empty())),
      metrics_(metrics),
      cache_(settings.bytes),
      invalidations_(metrics.CounterOf("guildhall_cache_invalidations_total",
                                       "Changes that made cached replies void, one's own "
                                       "process's writes and those of the change log.")),
      dropped_(metrics.CounterOf("guildhall_cache_dropped_total",
                                 "Replies that were not kept, because something that they depend "
                                 "on changed while they were read.")),
      bytes_(metrics.GaugeOf("guildhall_cache_bytes", "Memory that cached replies take.")),
      kept_(metrics.GaugeOf("guildhall_cache_replies", "Replies that are cached.")),
      heard_(metrics.GaugeOf("guildhall_cache_heard",
                             "Whether the change log was heard of within a second: 1; if not, 0, "
                             "and the caches are passed by.")) {
  if (!settings.shared || !sharing || sharing->redis.address.empty()) return;
  store_ = std::make_unique<SharedStore>(*std::move(sharing), metrics);
}

const Method& Replies::Declare(std::string_view name) {
  const auto number = static_cast<std::uint16_t>(methods_.size() + 1);
  methods_.push_back(std::make_unique<Method>(metrics_, number, name));
  return *methods_.back();
}

bool Replies::Heard() const {
  return Good(absl::Nanoseconds(good_until_ns_.load(std::memory_order_acquire)));
}

Replies::Found Replies::Find(const Method& method, const Key& key) {
  Found found{.good_until = absl::Nanoseconds(good_until_ns_.load(std::memory_order_acquire))};
  if (!Good(found.good_until)) {
    method.passed_by.Increment();
    return found;
  }
  found.reply = cache_.Find(key);
  if (found.reply != nullptr) {
    method.hits.Increment();
  } else {
    method.misses.Increment();
    const std::lock_guard lock(log_mutex_);
    found.ticket = cache_.Note();
    found.horizon = horizon_;
  }
  return found;
}

std::shared_ptr<Replies::Flight> Replies::Join(const Method& method, const Subject& subject,
                                               const Found& found,
                                               absl::FunctionRef<Waiter()> waiter) {
  const std::lock_guard lock(flights_mutex_);
  Flight*& flight = flights_[subject.key];
  if (flight != nullptr && Heard() && cache_.Current(flight->ticket(), subject.tags)) {
    method.joined.Increment();
    flight->waiting_.push_back(waiter());
    return nullptr;
  }
  std::shared_ptr<Flight> own(new Flight(*this, method, subject, found));
  flight = own.get();
  return own;
}

void Replies::Flight::Land(SharedReply reply) {
  if (std::exchange(landed_, true)) return;
  replies_.Landed(*this, reply);
}

void Replies::Landed(Flight& flight, const SharedReply& reply) {
  if (reply != nullptr) {
    Keep(flight.ticket(), flight.subject_, reply);
    if (store_ != nullptr && !flight.recalled_) Share(flight, reply);
  }
  std::vector<Waiter> waiting;
  {
    const std::lock_guard lock(flights_mutex_);
    const auto known = flights_.find(flight.subject_.key);
    if (known != flights_.end() && known->second == &flight) flights_.erase(known);
    waiting.swap(flight.waiting_);
  }
  for (const Waiter& wait : waiting) wait(reply);
}

void Replies::Share(const Flight& flight, const SharedReply& reply) {
  if (!cache_.Current(flight.ticket(), flight.subject_.tags)) return;
  std::int64_t server;
  {
    const std::lock_guard lock(log_mutex_);
    server = server_;
  }
  store_->Put(flight.method_, flight.subject_.key, server, {reply, flight.found_.horizon});
}

// An entry holds what was committed under ids below its horizon. It is of use when every change of
// its tags from there on would be known here, and none is; writes of this process, of which no look
// has told yet, included.
bool Replies::Outdated(const Subject& subject, std::uint64_t horizon) {
  const std::lock_guard lock(log_mutex_);
  return !Heard() || horizon == 0 || changed_.AnyAfter(subject.tags, horizon - 1) ||
         !cache_.Current(covered_, subject.tags);
}

void Replies::Recall(const std::shared_ptr<Flight>& flight, Waiter done) {
  std::int64_t server;
  {
    const std::lock_guard lock(log_mutex_);
    server = server_;
  }
  store_->Get(flight->method_, flight->subject_.key, server,
              [this, flight, done = std::move(done)](const std::optional<SharedEntry>& entry) {
                if (!entry) return done(nullptr);
                if (Outdated(flight->subject_, entry->horizon)) {
                  store_->Refused();
                  return done(nullptr);
                }
                store_->Used();
                flight->recalled_ = true;
                flight->Land(entry->reply);
                done(entry->reply);
              });
}

void Replies::Keep(Ticket ticket, const Subject& subject, SharedReply reply) {
  if (!cache_.Put(ticket, subject, std::move(reply))) dropped_.Increment();
  ShowUsage();
}

void Replies::Invalidate(const Tags& tags) {
  invalidations_.Increment();
  cache_.Invalidate(tags);
  ShowUsage();
}

void Replies::Changed(const Tags& tags, std::uint64_t xid) {
  {
    const std::lock_guard lock(log_mutex_);
    for (const Tag& tag : tags) changed_.Note(tag, xid);
  }
  Invalidate(tags);
}

void Replies::Restart(std::uint64_t horizon, std::int64_t server) {
  {
    const std::lock_guard lock(log_mutex_);
    changed_.NoteAll(horizon - 1);
    server_ = server;
  }
  invalidations_.Increment();
  cache_.InvalidateAll();
  ShowUsage();
}

void Replies::Heard(absl::Duration sent, Ticket before, std::uint64_t horizon) {
  {
    const std::lock_guard lock(log_mutex_);
    covered_ = before;
    horizon_ = horizon;
  }
  good_until_ns_.store(absl::ToInt64Nanoseconds(sent + kOldest), std::memory_order_release);
  ShowHeard();
}

void Replies::ShowHeard() { heard_.Set(Heard() ? 1 : 0); }

void Replies::ShowUsage() {
  const ReplyCache::Usage usage = cache_.usage();
  bytes_.Set(static_cast<double>(usage.bytes));
  kept_.Set(static_cast<double>(usage.replies));
}

}  // namespace guildhall::cache
