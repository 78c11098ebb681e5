#include "libs/rpc/outgoing_call.h"

#include <grpc/support/time.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/random.h"
#include "libs/base/refusal.h"
#include "libs/rpc/wire_status.h"

namespace guildhall::rpc::internal {
namespace {

namespace reasons = policy::reasons;

// A minted credential serves this long, well within its life.
constexpr absl::Duration kCredentialUse = absl::Minutes(1);

gpr_timespec In(absl::Duration wait) {
  return gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                      gpr_time_from_micros(absl::ToInt64Microseconds(wait), GPR_TIMESPAN));
}

}  // namespace

absl::Status Undecodable() {
  return absl::InternalError("The peer's reply is no message of its type.");
}

const std::string& Outgoing::Credential() {
  const absl::Time now = parts.clock.Now();
  if (now >= credential_until || credential_until - now > kCredentialUse) {
    credential = access::MintServiceToken(parts.service_key, parts.self, parts.peer, now);
    credential_until = now + kCredentialUse;
  }
  return credential;
}

Measures& Outgoing::MeasuresOf(const std::string& method) {
  const auto it = measures.find(method);
  if (it != measures.end()) return it->second;
  return measures.try_emplace(method, parts.metrics, Measures::Side::kClient, method).first->second;
}

OutgoingCall::OutgoingCall(Outgoing& state, std::string method, grpc::Slice request,
                           const Context& context, Done done)
    : state_(state),
      method_(std::move(method)),
      request_(std::move(request)),
      deadline_(context.deadline),
      traceparent_(context.traceparent),
      done_(std::move(done)) {}

void OutgoingCall::Begin() {
  state_.running.insert(this);
  state_.MeasuresOf(method_).Started();
  began_ = SystemClock().Monotonic();
  cancelled_ = state_.closing;
  Attempt(state_.peers.Next());
}

void OutgoingCall::Attempt(Peers::Index peer) {
  if (cancelled_) return End(absl::CancelledError("The call was cancelled."));
  if (deadline_.Passed()) {
    return End(Refusal(reasons::kDeadlinePassed, "The deadline passed before the call was sent."));
  }
  ++attempts_;
  peer_ = peer;
  reader_.reset();
  context_.emplace();
  context_->set_deadline(In(deadline_.AtMost(Client::kLongest).Remaining()));
  context_->AddMetadata("guildhall-service", state_.Credential());
  if (!traceparent_.empty()) context_->AddMetadata("traceparent", traceparent_);
  reader_ = state_.peers.stub(peer).PrepareUnaryCall(
      &*context_, "/" + method_, grpc::ByteBuffer(&request_, 1), state_.parts.queue.cq());
  reader_->StartCall();
  reader_->Finish(&reply_, &status_, static_cast<Queue::Event*>(this));
}

void OutgoingCall::Proceed(bool) {
  if (pausing_) {
    pausing_ = false;
    Attempt(state_.peers.Next());
  } else {
    OnReply();
  }
}

void OutgoingCall::OnReply() {
  if (status_.ok()) {
    state_.budget.Answered();
    std::optional<grpc::Slice> bytes = Flatten(reply_);
    return bytes ? End(*std::move(bytes)) : End(Undecodable());
  }
  absl::Status refusal = FromWire(status_);
  if (SaidByEngine(status_)) {
    state_.budget.Answered();
    return End(std::move(refusal));
  }
  if (cancelled_) return End(absl::CancelledError("The call was cancelled."));
  switch (refusal.code()) {
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kUnavailable:
      if (TryAgain()) return;
      return End(Refusal(reasons::kDependencyAway,
                         absl::StrCat("The service ", state_.parts.peer, " is away.")));
    case absl::StatusCode::kDeadlineExceeded:
      return End(Refusal(reasons::kDeadlinePassed, absl::StrCat("The service ", state_.parts.peer,
                                                                " did not answer in time.")));
    default:
      return End(std::move(refusal));
  }
}

bool OutgoingCall::TryAgain() { return TryElsewhere() || TryLater(); }

// Only the first time: whoever finds nobody twice has no process that drains before it.
bool OutgoingCall::TryElsewhere() {
  if (attempts_ > 1) return false;
  const std::optional<Peers::Index> other = state_.peers.Other(peer_);
  if (!other) return false;
  Attempt(*other);
  return true;
}

bool OutgoingCall::TryLater() {
  if (!state_.budget.Failed() || attempts_ >= Client::kAttempts) return false;
  // 25 to 50 ms, then 50 to 100 ms: random, so that callers who failed together part.
  std::uint8_t chance = 0;
  SystemRandom().Fill({&chance, 1});
  const absl::Duration wait = absl::Milliseconds(25) * attempts_ * (1 + chance / 255.0);
  if (deadline_.Remaining() <= wait) return false;
  pausing_ = true;
  pause_.Set(state_.parts.queue.cq(), In(wait), static_cast<Queue::Event*>(this));
  return true;
}

void OutgoingCall::Cancel() {
  cancelled_ = true;
  if (pausing_) {
    pause_.Cancel();
  } else {
    context_->TryCancel();
  }
}

void OutgoingCall::End(absl::StatusOr<grpc::Slice> result) {
  Outgoing& of = state_;
  of.MeasuresOf(method_).Handled(result.status().code(), SystemClock().Monotonic() - began_);
  of.running.erase(this);
  done_(std::move(result));
  delete this;
  if (--of.under_way == 0) of.under_way.notify_all();
}

}  // namespace guildhall::rpc::internal
