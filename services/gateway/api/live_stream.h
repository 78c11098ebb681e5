#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/time/time.h"
#include "libs/access/facts.h"
#include "libs/base/deadline.h"
#include "libs/http/server.h"
#include "services/gateway/api/live_frame.h"
#include "services/gateway/domain/live_position.h"
#include "services/gateway/domain/protocol.h"

namespace guildhall::gateway {

// One subscriber. Its parts belong to two threads: the loop's, where its connection is, and the
// hub's, where everything is decided.
struct LiveStream {
  // What was asked for; holds still once the stream has joined the hub.
  Protocol protocol = Protocol::kGrpcWeb;
  access::Caller caller;
  absl::flat_hash_set<CommunityId> only;  // empty: all communities
  std::string resume_token;
  Deadline deadline;              // the client's own, or none
  std::uint64_t caller_hash = 0;  // of FreshCallers

  // Of the loop: null once the client has gone or the stream has ended.
  http::Exchange* exchange = nullptr;

  // Of the hub.
  std::size_t slot = 0;  // among the hub's streams
  bool started = false;
  bool ended = false;
  bool doubted = false;       // whether its session lives has to be asked again
  bool asking = false;        // for facts, or a page of a log
  bool stalled = false;       // its reader is slow
  bool reads_log = false;     // it is further back than the ring
  bool has_reader = false;    // one of LiveLimits::log_readers
  bool begins_anew = false;   // what it missed cannot be told
  absl::Duration wait_until;  // monotonic: something was away
  absl::Duration beat_at;     // monotonic: the next heartbeat
  std::uint64_t cursor = 0;   // the index of the next change of the ring
  // Where the stream is when that is not where the ring is at the cursor: after a resumption.
  std::optional<Positions> own;
  // Read from a log and not told yet.
  std::deque<std::shared_ptr<LiveFrame>> backlog;
  LogPosition backlog_end;
  Log backlog_log = Log::kDirectory;
  // Answers of owners of facts, for the change that waits for them, and as of which change of facts
  // they and the question under way were asked: with the next one they do not count.
  std::vector<std::pair<CommunityId, access::Answer>> answers;
  std::uint64_t asked_as_of = 0;
  // What is given with the next task of the loop.
  std::vector<http::Chunk> out;
  bool loads = false;  // whoever reads `out` loads something
};

using LiveStreamPtr = std::shared_ptr<LiveStream>;

}  // namespace guildhall::gateway
