#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "libs/access/grant.h"
#include "libs/base/cancellation.h"
#include "libs/base/clock.h"
#include "libs/base/deadline.h"
#include "libs/idempotency/once.h"
#include "libs/postgres/context.h"
#include "libs/telemetry/trace.h"

namespace guildhall::rpc {

// What is known of a call before its handler runs; filled by the steps. Tests of handlers fill one
// by hand.
struct CallFacts {
  std::string_view method;  // "guildhall.directory.v1.DirectoryService/GetCommunity"
  std::string_view request_bytes;
  // Keys the digests of requests: they are stored for a day, requests may hold passwords, and
  // without the key a stored digest is of no use to whoever guesses at one.
  std::string_view digest_key;
  std::string_view client_address;
  std::string_view user_agent;
  telemetry::TraceContext trace;
  std::array<char, telemetry::TraceContext::kTextSize> traceparent{};  // written when asked for
  Deadline deadline;
  const Clock* clock = &SystemClock();
  access::Caller caller;
  std::optional<access::Grant> grant;
  Cancellation cancellation;
  std::vector<std::pair<std::string, std::string>> reply_metadata;
  std::function<void(std::function<void()> answer)> answer_after;
  bool keep_reply = true;
  bool fresh = false;
};

// A call as its handler sees it. Lives until the call is answered; of one thread at a time.
class Call {
 public:
  explicit Call(CallFacts& facts) : facts_(facts) {}

  // Who calls, as far as credentials prove it.
  const access::Caller& caller() const { return facts_.caller; }
  // The decision that let the call in. Of methods for ANYONE and SERVICE it grants nothing.
  const access::Grant& grant() const { return *facts_.grant; }

  // When the caller stops waiting; every wait of the handler ends there.
  Deadline deadline() const { return facts_.deadline; }
  // What a statement needs: deadline, cancellation, trace.
  postgres::Context context() const;
  // Whether the caller went away or the deadline passed. What waits in poll(2) takes its fd along.
  Cancellation& cancellation() const { return facts_.cancellation; }
  const telemetry::TraceContext& trace() const { return facts_.trace; }
  // Wall-clock time, read anew; to the microsecond, as PostgreSQL keeps it, so that an answer says
  // what a later read will.
  absl::Time now() const { return absl::FromUnixMicros(absl::ToUnixMicros(facts_.clock->Now())); }

  // "package.Service/Method".
  std::string_view method() const { return facts_.method; }
  // The request as it came over the wire.
  std::string_view request_bytes() const { return facts_.request_bytes; }
  // Of the member's machine, as the gateway saw them; empty in calls from services. For throttles
  // and the list of sessions, never for access.
  std::string_view client_address() const { return facts_.client_address; }
  std::string_view user_agent() const { return facts_.user_agent; }

  // What idempotency::Once needs: caller, method, the digest of the request as it came, and the
  // request id that stands in it. Cost: one HMAC-SHA256 of the request.
  idempotency::OnceKey OnceKey(std::string_view request_id) const;

  // Sends metadata along with the reply, such as guildhall-set-session. Left out when the call
  // fails.
  void AddReplyMetadata(std::string key, std::string value) const {
    facts_.reply_metadata.emplace_back(std::move(key), std::move(value));
  }

  // Holds the reply of a Unary handler back, without a worker: once it has returned OK, `wait` is
  // called and calls `answer` once, from any thread. A refusal goes out at once.
  void AnswerAfter(std::function<void(std::function<void()> answer)> wait) const {
    facts_.answer_after = std::move(wait);
  }

  // Whether the caller must be answered with what is true now, as the gateway says: it has just
  // written, begun a stream or asked for it. Then nothing is answered from a cache.
  bool fresh() const { return facts_.fresh; }

  // Of a method whose replies are kept (Server::Keep): this one holds something that not everybody
  // may see.
  void DoNotKeep() const { facts_.keep_reply = false; }

 private:
  CallFacts& facts_;
};

}  // namespace guildhall::rpc
