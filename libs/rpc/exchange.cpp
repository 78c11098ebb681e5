#include "libs/rpc/exchange.h"

#include <grpc/support/time.h>

#include <string>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/rpc/steps.h"
#include "libs/rpc/wire_status.h"

namespace guildhall::rpc::internal {

namespace reasons = policy::reasons;

// An exchange is about 2 KiB, which malloc hands out and takes back slowly.
constexpr std::size_t kMostSpare = 256;

void Exchange::Expect(Engine& engine) {
  void* memory;
  if (engine.spare.empty()) {
    memory = ::operator new(sizeof(Exchange));
  } else {
    memory = engine.spare.back();
    engine.spare.pop_back();
  }
  auto* exchange = new (memory) Exchange(engine);
  // Asked for before the call exists; without a call it never comes.
  exchange->context_.AsyncNotifyWhenDone(static_cast<Queue::Event*>(&exchange->closed_));
  engine.service.RequestCall(&exchange->context_, &exchange->stream_, engine.queue.cq(),
                             engine.queue.cq(), static_cast<Queue::Event*>(&exchange->arrived_));
}

Exchange::Exchange(Engine& e) : engine(e) { ++engine.alive; }

void Exchange::Delete() {
  Engine& of = engine;
  this->~Exchange();
  if (of.spare.size() < kMostSpare) {
    of.spare.push_back(this);
  } else {
    ::operator delete(this);
  }
  if (--of.alive == 0) of.alive.notify_all();
}

void Exchange::OnArrived(bool ok) {
  if (!ok) {
    return Delete();  // the server shuts down
  }
  Expect(engine);
  engine.Enter(*this);
  ++holds_;  // until OnClosed
  const std::string& path = context_.method();
  if (const auto it = engine.methods.find(path); it != engine.methods.end()) {
    method = it->second.get();
    facts.method = method->policy->method;
  }
  Proceed();
}

void Exchange::Proceed() {
  while (!answered_) {
    const Step& step = Steps()[steps_begun_++];
    if (step.begin(*this) == Outcome::kStop) return;
  }
}

void Exchange::Receive() {
  ++holds_;
  stream_.Read(&buffer_, static_cast<Queue::Event*>(&received_));
}

void Exchange::OnReceived(bool ok) {
  // An aborted stream may hand out a buffer that aborts the process when touched; Flatten asks.
  const auto bytes = ok ? Flatten(buffer_) : std::nullopt;
  buffer_.Clear();
  if (!bytes) {
    Refuse(Refusal(reasons::kMessageMalformed, "The call carries no message."));
  } else if (!answered_) {
    request_bytes = *bytes;
    facts.request_bytes = {reinterpret_cast<const char*>(request_bytes.begin()),
                           request_bytes.size()};
    Proceed();
  }
  Drop();
}

void Exchange::Refuse(const absl::Status& refusal) {
  if (answered_) return;
  EndSteps(refusal);
  ++holds_;
  stream_.Finish(ToWire(Presentable(refusal)), static_cast<Queue::Event*>(&sent_));
}

void Exchange::Reply(const grpc::Slice& reply) {
  if (answered_) return;
  for (const auto& [key, value] : facts.reply_metadata) context_.AddInitialMetadata(key, value);
  EndSteps(absl::OkStatus());
  ++holds_;
  stream_.WriteAndFinish(grpc::ByteBuffer(&reply, 1), grpc::WriteOptions(), grpc::Status::OK,
                         static_cast<Queue::Event*>(&sent_));
}

void Exchange::Answer(const absl::StatusOr<grpc::Slice>& result) {
  if (result.ok()) {
    Reply(*result);
  } else {
    Refuse(result.status());
  }
}

void Exchange::EndSteps(const absl::Status& status) {
  answered_ = true;
  for (std::size_t i = steps_begun_; i-- > 0;) {
    if (const Step& step = Steps()[i]; step.end != nullptr) step.end(*this, status);
  }
}

void Exchange::Expire() {
  facts.cancellation.Cancel();
  Refuse(Refusal(reasons::kDeadlinePassed, "The deadline passed before the answer was ready."));
}

void Exchange::OnAnswered(bool) { Drop(); }

void Exchange::OnClosed(bool) {
  if (!answered_) {
    facts.cancellation.Cancel();
    Refuse(absl::CancelledError("The caller went away."));
  }
  Drop();
}

void Exchange::Drop() {
  if (--holds_ > 0) return;
  engine.Leave(*this);
  Delete();
}

std::string_view Exchange::Metadata(const char* key) const {
  const auto& metadata = context_.client_metadata();
  const auto found = metadata.find(key);
  if (found == metadata.end()) return {};
  return {found->second.data(), found->second.size()};
}

absl::Duration Exchange::CallersTimeout() const {
  const gpr_timespec at = context_.raw_deadline();
  if (gpr_time_cmp(at, gpr_inf_future(at.clock_type)) == 0) return absl::InfiniteDuration();
  const gpr_timespec left = gpr_time_sub(at, gpr_now(at.clock_type));
  return absl::Seconds(left.tv_sec) + absl::Nanoseconds(left.tv_nsec);
}

}  // namespace guildhall::rpc::internal
