#pragma once

#include <grpcpp/support/slice.h>

#include <optional>

#include "libs/cache/replies.h"

// What the steps do for methods whose replies are kept (Server::Keep). Not for services.
namespace guildhall::rpc::internal {

class Exchange;

// What is known of a call's reply.
struct KeptState {
  std::optional<cache::Subject> subject;  // empty: nothing is kept of this call
  cache::Replies::Found found;
};

// The reply as bytes for the wire, shared, without a copy.
grpc::Slice SliceOf(cache::SharedReply reply);

// Looks for a kept reply before anything is read. In the authorize step, so that what a hit says of
// its item saves the read of it; nothing is decided by it.
void LookForKept(Exchange& exchange);

// Forgets a reply that was found, when it has got too old while facts were asked for; whether it
// had.
bool DropOldKept(Exchange& exchange);

// Whether the call has a grant under which it may take and leave kept replies.
bool MayKeep(const Exchange& exchange);

// Keeps what a Lookup answers.
void KeepReply(Exchange& exchange, const grpc::Slice& reply);

// Answers a Unary or Deferred call that found nothing: by the read of another call that is under
// way, or by its own, which is then kept.
void ReadAndKeep(Exchange& exchange);

}  // namespace guildhall::rpc::internal
