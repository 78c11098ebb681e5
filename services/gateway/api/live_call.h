#pragma once

#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/base/deadline.h"
#include "libs/http/server.h"
#include "services/gateway/api/live_hub.h"
#include "services/gateway/api/live_stream.h"
#include "services/gateway/domain/session_cache.h"

namespace guildhall::gateway {

// The connection's end of a live stream. On the loop.
class LiveCall {
 public:
  // What a request asks for. Fails with FIELD_INVALID, and with UPSTREAM_AWAY when the tokens do
  // not say whose they are.
  static absl::StatusOr<LiveStreamPtr> Read(std::string_view message, const SessionTokens& tokens);

  // Joins the hub; the answer to `exchange` has begun.
  LiveCall(LiveHub& hub, http::Exchange& exchange, LiveStreamPtr stream);
  ~LiveCall();
  LiveCall(const LiveCall&) = delete;
  LiveCall& operator=(const LiveCall&) = delete;

  void OnWritable() { hub_.Writable(stream_); }
  void OnDrain() { hub_.Dismiss(stream_); }

 private:
  LiveHub& hub_;
  const LiveStreamPtr stream_;
};

}  // namespace guildhall::gateway
