#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/client_context.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/rpc/client.h"
#include "libs/rpc/measures.h"
#include "libs/rpc/peers.h"
#include "libs/rpc/retry_budget.h"

// The inside of the client. Not for services.
namespace guildhall::rpc::internal {

// What the calls of one client share. Everything but `parts` and `under_way` belongs to the queue's
// thread.
struct Outgoing {
  explicit Outgoing(ClientParts p) : parts(std::move(p)), peers(parts.addresses, parts.silence) {}

  // This service's credential for the peer, minted about once a minute.
  const std::string& Credential();
  Measures& MeasuresOf(const std::string& method);

  const ClientParts parts;
  Peers peers;
  RetryBudget budget;
  std::string credential;
  absl::Time credential_until = absl::InfinitePast();
  std::map<std::string, Measures> measures;
  std::set<OutgoingCall*> running;
  bool closing = false;
  std::atomic<int> under_way = 0;  // started and not done, from any thread's view
};

// One call with its attempts, all on the queue's thread. Deletes itself when `done` has run.
class OutgoingCall final : public Queue::Event {
 public:
  using Done = std::function<void(absl::StatusOr<grpc::Slice>)>;

  OutgoingCall(Outgoing& state, std::string method, grpc::Slice request, const Context& context,
               Done done);

  void Begin();
  void Cancel();
  void Proceed(bool ok) override;

 private:
  void Attempt(Peers::Index peer);
  void OnReply();
  // Whether the call that nobody answered is sent again.
  bool TryAgain();
  bool TryElsewhere();
  bool TryLater();
  void End(absl::StatusOr<grpc::Slice> result);

  Outgoing& state_;
  const std::string method_;
  const grpc::Slice request_;
  const Deadline deadline_;
  const std::string traceparent_;
  const Done done_;
  absl::Duration began_;
  int attempts_ = 0;
  Peers::Index peer_ = 0;  // of the last attempt
  bool pausing_ = false;
  bool cancelled_ = false;
  grpc::Alarm pause_;
  std::optional<grpc::ClientContext> context_;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader_;
  grpc::ByteBuffer reply_;
  grpc::Status status_;
};

}  // namespace guildhall::rpc::internal
