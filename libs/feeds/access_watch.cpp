#include "libs/feeds/access_watch.h"

#include <future>
#include <memory>
#include <utility>

#include "libs/feeds/access_owner.h"
#include "libs/feeds/wire.h"

namespace guildhall::feeds {
namespace {

constexpr char kWatchAccess[] = "guildhall.access.v1.InternalAccessService/WatchAccess";

// Twice as long as the owner holds a request back: when one process of the owner hangs, another is
// asked while most of the lease is left.
constexpr absl::Duration kPatience = absl::Milliseconds(600);
constexpr absl::Duration kPause = absl::Milliseconds(50);
constexpr absl::Duration kGoodbye = absl::Milliseconds(200);
// Nothing is believed for longer: it bounds what a change that nobody noted would do.
constexpr absl::Duration kBelieve = absl::Minutes(10);

// What a newer owner says and this one does not understand may be about anything.
AccessChange Read(const access::v1::AccessChange& change) {
  const std::optional<Uuid> subject = UuidFromBytes(change.subject_id());
  const std::optional<Uuid> object = UuidFromBytes(change.object_id());
  if (!access::v1::AccessChangeKind_IsValid(change.kind()) || !subject || !object) {
    return AccessChange::Everything();
  }
  return {static_cast<AccessChange::Kind>(change.kind()), *subject, *object};
}

}  // namespace

AccessWatch::AccessWatch(rpc::Queue& queue, std::string owner, Ask ask, Known& known,
                         telemetry::Metrics& metrics)
    : queue_(queue),
      ask_(std::move(ask)),
      known_(known),
      held_(metrics.GaugeOf("guildhall_access_lease_held",
                            "1 while decisions may be taken from what is known of the owner.",
                            {{"owner", owner}})),
      changes_(metrics.CounterOf("guildhall_access_changes_applied_total",
                                 "Changes of the owner's facts that were applied here.",
                                 {{"owner", owner}})),
      resets_(metrics.CounterOf("guildhall_access_resets_total",
                                "Times that everything known of the owner was forgotten.",
                                {{"owner", owner}})) {
  request_.set_watcher_id(BytesOf(NewUuidV7(SystemClock().Now(), SystemRandom())));
  request_.set_applied_revision(-1);
  thread_ = std::thread([this] { Run(); });
}

AccessWatch::~AccessWatch() {
  {
    const std::lock_guard lock(mutex_);
    ending_.Cancel();
  }
  changed_.notify_one();
  thread_.join();
}

void AccessWatch::Run() {
  while (!ending_.cancelled()) {
    const absl::Duration sent = known_.lease().clock().Monotonic();
    const absl::StatusOr<Response> response =
        ask_(request_, {.deadline = Deadline::After(kPatience), .cancellation = &ending_});
    if (response.ok()) {
      // Two processes that know different pasts would send this one to and fro.
      if (response->reset() && request_.applied_revision() >= 0) Pause();
      queue_.Await([&] { Apply(*response, sent); });
      request_.set_incarnation(response->incarnation());
      request_.set_applied_revision(response->revision());
    } else {
      queue_.Await([&] { held_.Set(known_.lease().Holds() ? 1 : 0); });
      Pause();
    }
  }
  // First nothing is decided any more, then the owner is told.
  queue_.Await([&] { known_.lease().Renew(absl::ZeroDuration()); });
  request_.set_release(true);
  ask_(request_, {.deadline = Deadline::After(kGoodbye)}).status().IgnoreError();
}

void AccessWatch::Apply(const Response& response, absl::Duration sent) {
  if (sent - forgot_ >= kBelieve || response.reset()) {
    forgot_ = sent;
    known_.Forget(AccessChange::Everything());
    resets_.Increment(response.reset() ? 1 : 0);
  }
  for (const access::v1::AccessChange& change : response.changes()) known_.Forget(Read(change));
  changes_.Increment(response.changes_size());
  known_.lease().Apply(response.revision());
  if (response.leased()) known_.lease().Renew(sent + kAccessLease);
  held_.Set(known_.lease().Holds() ? 1 : 0);
}

void AccessWatch::Pause() {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, absl::ToChronoNanoseconds(kPause),
                    [this] { return ending_.cancelled(); });
}

AccessWatch::Ask WatchOver(rpc::Client& owner) {
  return [&owner](const AccessWatch::Request& request, const postgres::Context& context) {
    return owner.Call<AccessWatch::Response>(kWatchAccess, request, context);
  };
}

AccessWatch::Ask WatchWithin(AccessOwner& owner) {
  return [&owner](const AccessWatch::Request& request, const postgres::Context&) {
    auto answer = std::make_shared<std::promise<absl::StatusOr<AccessWatch::Response>>>();
    owner.Watch(request, [answer](const absl::StatusOr<const AccessWatch::Response*>& response) {
      if (!response.ok()) return answer->set_value(response.status());
      answer->set_value(**response);
    });
    return answer->get_future().get();
  };
}

}  // namespace guildhall::feeds
