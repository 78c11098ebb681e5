#include "libs/rpc/client.h"

#include <grpc/support/time.h>
#include <grpcpp/alarm.h>
#include <grpcpp/client_context.h>
#include <poll.h>

#include <atomic>
#include <map>
#include <optional>
#include <set>

#include "absl/strings/str_cat.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/check.h"
#include "libs/base/random.h"
#include "libs/base/refusal.h"
#include "libs/base/strings.h"
#include "libs/rpc/measures.h"
#include "libs/rpc/peers.h"
#include "libs/rpc/retry_budget.h"
#include "libs/rpc/wire_status.h"

namespace guildhall::rpc {
namespace {

namespace reasons = policy::reasons;

// A minted credential serves this long, well within its life.
constexpr absl::Duration kCredentialUse = absl::Minutes(1);

gpr_timespec In(absl::Duration wait) {
  return gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                      gpr_time_from_micros(absl::ToInt64Microseconds(wait), GPR_TIMESPAN));
}

}  // namespace

// Everything but `parts` and `under_way` belongs to the queue's thread.
struct Client::State {
  explicit State(ClientParts p) : parts(std::move(p)), peers(parts.addresses) {}

  const std::string& Credential();
  Measures& MeasuresOf(const std::string& method);

  const ClientParts parts;
  Peers peers;
  RetryBudget budget;
  std::string credential;
  absl::Time credential_until = absl::InfinitePast();
  std::map<std::string, Measures> measures;
  std::set<Running*> running;
  bool closing = false;
  std::atomic<int> under_way = 0;  // started and not done, from any thread's view
};

// One call with its attempts. Deletes itself when `done` has run.
struct Client::Running final : Queue::Event {
  Running(State& s, std::string m, grpc::Slice r, Deadline d, std::string t, Repeat re, Done f)
      : state(s),
        method(std::move(m)),
        request(std::move(r)),
        deadline(d),
        traceparent(std::move(t)),
        repeat(re),
        done(std::move(f)) {}

  void Begin();
  void Attempt();
  void Proceed(bool ok) override;
  void OnReply();
  bool TryAgain();
  void Cancel();
  void End(absl::StatusOr<grpc::Slice> result);

  State& state;
  const std::string method;
  const grpc::Slice request;
  const Deadline deadline;
  const std::string traceparent;
  const Repeat repeat;
  const Done done;
  absl::Duration began;
  int attempts = 0;
  bool pausing = false;
  bool cancelled = false;
  grpc::Alarm pause;
  std::optional<grpc::ClientContext> context;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
  grpc::ByteBuffer reply;
  grpc::Status status;
};

const std::string& Client::State::Credential() {
  const absl::Time now = parts.clock.Now();
  if (now >= credential_until || credential_until - now > kCredentialUse) {
    credential = access::MintServiceToken(parts.service_key, parts.self, parts.peer, now);
    credential_until = now + kCredentialUse;
  }
  return credential;
}

Measures& Client::State::MeasuresOf(const std::string& method) {
  const auto it = measures.find(method);
  if (it != measures.end()) return it->second;
  return measures.try_emplace(method, parts.metrics, Measures::Side::kClient, method).first->second;
}

void Client::Running::Begin() {
  state.running.insert(this);
  state.MeasuresOf(method).Started();
  began = SystemClock().Monotonic();
  cancelled = state.closing;
  Attempt();
}

void Client::Running::Attempt() {
  if (cancelled) return End(absl::CancelledError("The call was cancelled."));
  if (deadline.Passed()) {
    return End(Refusal(reasons::kDeadlinePassed, "The deadline passed before the call was sent."));
  }
  ++attempts;
  context.emplace();
  context->set_deadline(In(deadline.AtMost(kLongest).Remaining()));
  context->AddMetadata("guildhall-service", state.Credential());
  if (!traceparent.empty()) context->AddMetadata("traceparent", traceparent);
  reader = state.peers.Next().PrepareUnaryCall(
      &*context, "/" + method, grpc::ByteBuffer(&request, 1), state.parts.queue.cq());
  reader->StartCall();
  reader->Finish(&reply, &status, static_cast<Queue::Event*>(this));
}

void Client::Running::Proceed(bool) {
  if (pausing) {
    pausing = false;
    Attempt();
  } else {
    OnReply();
  }
}

void Client::Running::OnReply() {
  if (status.ok()) {
    state.budget.Answered();
    std::optional<grpc::Slice> bytes = Flatten(reply);
    return bytes ? End(*std::move(bytes)) : End(Undecodable());
  }
  absl::Status refusal = FromWire(status);
  if (DetailsOf(refusal)) {
    state.budget.Answered();
    return End(std::move(refusal));
  }
  switch (refusal.code()) {
    case absl::StatusCode::kUnavailable:
      if (TryAgain()) return;
      return End(Refusal(reasons::kDependencyAway,
                         absl::StrCat("The service ", state.parts.peer, " is away.")));
    case absl::StatusCode::kDeadlineExceeded:
      return End(Refusal(reasons::kDeadlinePassed, absl::StrCat("The service ", state.parts.peer,
                                                                " did not answer in time.")));
    default:
      return End(std::move(refusal));
  }
}

bool Client::Running::TryAgain() {
  if (!state.budget.Failed() || repeat == Repeat::kNever || attempts >= kAttempts || cancelled) {
    return false;
  }
  // 25 to 50 ms, then 50 to 100 ms: random, so that callers who failed together part.
  std::uint8_t chance = 0;
  SystemRandom().Fill({&chance, 1});
  const absl::Duration wait = absl::Milliseconds(25) * attempts * (1 + chance / 255.0);
  if (deadline.Remaining() <= wait) return false;
  pausing = true;
  reader.reset();
  pause.Set(state.parts.queue.cq(), In(wait), static_cast<Queue::Event*>(this));
  return true;
}

void Client::Running::Cancel() {
  cancelled = true;
  if (pausing) {
    pause.Cancel();
  } else {
    context->TryCancel();
  }
}

void Client::Running::End(absl::StatusOr<grpc::Slice> result) {
  State& of = state;
  of.MeasuresOf(method).Handled(result.status().code(), SystemClock().Monotonic() - began);
  of.running.erase(this);
  done(std::move(result));
  delete this;
  if (--of.under_way == 0) of.under_way.notify_all();
}

Client::Client(ClientParts parts) : state_(std::make_unique<State>(std::move(parts))) {}

Client::~Client() {
  Queue& queue = state_->parts.queue;
  GUILDHALL_CHECK(!queue.OnThread());
  queue.Await([this] {
    state_->closing = true;
    for (Running* running : state_->running) running->Cancel();
  });
  for (int left = state_->under_way.load(); left != 0; left = state_->under_way.load()) {
    state_->under_way.wait(left);
  }
  queue.Await([] {});  // the last one has left the queue's thread
}

Client::Running* Client::Start(std::string_view method, grpc::Slice request, const Context& context,
                               Repeat repeat, Done done) {
  ++state_->under_way;
  auto* running = new Running(*state_, std::string(method), std::move(request), context.deadline,
                              std::string(context.traceparent), repeat, std::move(done));
  if (state_->parts.queue.OnThread()) {
    running->Begin();
  } else {
    state_->parts.queue.Post([running] { running->Begin(); });
  }
  return running;
}

absl::StatusOr<grpc::Slice> Client::StartAndWait(std::string_view method, grpc::Slice request,
                                                 const Context& context, Repeat repeat) {
  GUILDHALL_CHECK(!state_->parts.queue.OnThread());
  struct Waiting {
    Cancellation answered;  // its descriptor is what poll waits for
    absl::StatusOr<grpc::Slice> result = absl::UnknownError("not answered");
  };
  auto waiting = std::make_shared<Waiting>();
  Running* running = Start(method, std::move(request), context, repeat,
                           [waiting](absl::StatusOr<grpc::Slice> result) {
                             waiting->result = std::move(result);
                             waiting->answered.Cancel();
                           });
  pollfd ends[2] = {{.fd = waiting->answered.fd(), .events = POLLIN, .revents = 0},
                    {.fd = context.cancellation == nullptr ? -1 : context.cancellation->fd(),
                     .events = POLLIN,
                     .revents = 0}};
  while (!waiting->answered.cancelled()) {
    if (context.cancellation != nullptr && context.cancellation->cancelled()) {
      // On the queue's thread `running` lives exactly until it has answered.
      state_->parts.queue.Post([waiting, running] {
        if (!waiting->answered.cancelled()) running->Cancel();
      });
      return absl::CancelledError("Nobody waits any more.");
    }
    // The call itself ends at its deadline; the limit here is for descriptors that ran out.
    constexpr int kLookAgain_ms = 100;
    poll(ends, 2, ends[0].fd < 0 ? kLookAgain_ms : -1);
  }
  return std::move(waiting->result);
}

absl::Status Client::Undecodable() {
  return absl::InternalError("The peer's reply is no message of its type.");
}

}  // namespace guildhall::rpc
