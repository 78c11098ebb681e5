#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/facts.h"
#include "libs/access/service_token.h"
#include "libs/base/bytes.h"
#include "libs/base/clock.h"
#include "libs/rpc/call.h"
#include "libs/rpc/handler.h"
#include "libs/rpc/queue.h"
#include "libs/settings/schema.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::rpc {

struct ServerSettings {
  std::string listen = "127.0.0.1:0";
  int workers = 8;
  int waiting_calls = 256;
  int most_calls = 1024;
  Bytes largest_request = MiB(4);
  absl::Duration default_deadline = absl::Seconds(5);
  absl::Duration longest_deadline = absl::Seconds(60);

  void Describe(settings::Schema& schema);
};

// What a server is made of. Everything referred to outlives it.
struct ServerParts {
  // Its own name, such as "directory": the audience of the tokens that it takes.
  std::string service;
  // Where facts for decisions come from.
  access::Facts& facts;
  telemetry::Metrics& metrics;
  // Who a token proves; access::TokenVerifier::Verify. Runs on the queue's thread and must not
  // wait. Without it a server with a SIGNED_IN method does not start.
  std::function<absl::StatusOr<access::Caller>(std::string_view token)> verify_token;
  // Proves other services. Without it a server with a SERVICE method does not start.
  std::optional<access::ServiceKey> service_key;
  const Clock& clock = SystemClock();
};

namespace internal {
struct Engine;
}

// Serves the methods of whole proto services: gRPC over HTTP/2 without TLS on a private address.
//
// Which steps a call passes, in which order and why, stands in steps.cpp. Register handlers, then
// Start(). Methods are named "package.Service/Method" as in their contract. Everything but
// handlers runs on the queue's thread.
class Server {
 public:
  Server(Queue& queue, ServerSettings settings, ServerParts parts);
  // As Drain(0), then waits for handlers that run.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // A handler that may wait (for a database, for other services): plain and synchronous, on one of
  // `workers` threads. When `waiting_calls` stand before it, calls are refused with OVERLOADED.
  template <typename Req, typename Resp>
  void Unary(std::string_view method,
             std::function<absl::StatusOr<Resp>(const Call&, const Req&)> handler) {
    AddPlain<Req, Resp>(internal::Handler::Shape::kUnary, method, std::move(handler));
  }

  // A handler that touches nothing but memory and ends within about 20 us: runs on the queue's
  // thread, which saves the way to a worker and back (half of the CPU of a small call).
  template <typename Req, typename Resp>
  void Inline(std::string_view method,
              std::function<absl::StatusOr<Resp>(const Call&, const Req&)> handler) {
    AddPlain<Req, Resp>(internal::Handler::Shape::kInline, method, std::move(handler));
  }

  // A handler that answers later, without holding a worker: runs on the queue's thread, must not
  // wait, and calls `answered` once, from any thread. The call and the request live until then.
  template <typename Req, typename Resp>
  void Deferred(std::string_view method,
                std::function<void(const Call&, const Req&, Answered<Resp>)> handler) {
    internal::Handler entry;
    entry.shape = internal::Handler::Shape::kDeferred;
    entry.request = &Req::default_instance();
    entry.response = &Resp::default_instance();
    entry.begin = [handler = std::move(handler)](const Call& call,
                                                 const google::protobuf::Message& request,
                                                 internal::Handler::Answered answered) {
      handler(call, static_cast<const Req&>(request),
              [answered = std::move(answered)](const absl::StatusOr<const Resp*>& reply) {
                if (!reply.ok()) return answered(reply.status());
                answered(Serialize(**reply));
              });
    };
    Add(method, std::move(entry));
  }

  // A read of one thing, gathered with others; see Lookup.
  template <typename Req, typename Resp, typename Key, typename Row>
  void Lookup(std::string_view method, rpc::Lookup<Req, Resp, Key, Row> lookup) {
    internal::Handler handler;
    handler.shape = internal::Handler::Shape::kLookup;
    handler.request = &Req::default_instance();
    handler.response = &Resp::default_instance();
    handler.lookup =
        std::make_unique<internal::TypedLookup<Req, Resp, Key, Row>>(std::move(lookup));
    Add(method, std::move(handler));
  }

  // Keeps replies of a method, whose handler is in the table already and not Inline, in memory: a
  // kept one is answered on the queue's thread, and concurrent calls that miss read once. The item
  // that the decision is about is kept with it, so a hit asks the database nothing. What the
  // handler marked with Call::DoNotKeep is not kept; a held back answer (Call::AnswerAfter) must
  // not be.
  template <typename Req>
  void Keep(std::string_view method, Kept<Req> kept) {
    AddKept(
        method, kept.replies,
        [subject = std::move(kept.subject)](const google::protobuf::Message& request) {
          return subject(static_cast<const Req&>(request));
        },
        std::move(kept.serves));
  }

  // How the authorize step finds the community and the author of what a request names:
  // `collection` is "topics", or "topics/posts" for names with a child; `parse` is the function of
  // libs/resources; `fetch` reads the items of keys (which may repeat) in one statement.
  // Communities, members and sessions need none.
  template <typename Key>
  void ResolveItems(std::string_view collection, typename internal::TypedResolver<Key>::Parse parse,
                    typename Gatherer<Key, Item>::Fetch fetch) {
    AddResolver(collection,
                std::make_unique<internal::TypedResolver<Key>>(std::move(parse), std::move(fetch)));
  }

  // Checks the table and listens. Fails, naming every fault, when a service of which one method has
  // a handler has a method without; a handler's types are not the method's; a method is unknown or
  // has two handlers; a method has no policy; the address is not private or is taken.
  absl::Status Start();

  // Where it listens: as in the settings, with the port that was taken.
  const std::string& address() const { return address_; }

  // Takes no further calls and answers those that run; cancels those that run after `grace`. Waits
  // for all of it. Idempotent. Not from the queue's thread.
  void Drain(absl::Duration grace);

 private:
  template <typename Req, typename Resp>
  void AddPlain(internal::Handler::Shape shape, std::string_view method,
                std::function<absl::StatusOr<Resp>(const Call&, const Req&)> run) {
    internal::Handler handler;
    handler.shape = shape;
    handler.request = &Req::default_instance();
    handler.response = &Resp::default_instance();
    handler.run = [run = std::move(run)](
                      const Call& call,
                      const google::protobuf::Message& request) -> absl::StatusOr<grpc::Slice> {
      GUILDHALL_ASSIGN(const Resp reply, run(call, static_cast<const Req&>(request)));
      return Serialize(reply);
    };
    Add(method, std::move(handler));
  }

  void Add(std::string_view method, internal::Handler handler);
  void AddKept(
      std::string_view method, cache::Replies& replies,
      std::function<std::optional<cache::Subject>(const google::protobuf::Message&)> subject,
      std::function<bool(const Call&)> serves);
  void AddResolver(std::string_view collection, std::unique_ptr<internal::AnyResolver> resolver);
  absl::Status CheckTable();
  absl::Status Listen();

  std::unique_ptr<internal::Engine> engine_;
  std::string address_;
  absl::Status faults_;  // of registration, told by Start
  bool started_ = false;
};

}  // namespace guildhall::rpc
