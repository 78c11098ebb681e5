#pragma once

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/server.h>

#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "libs/access/authorizer.h"
#include "libs/access/policy.h"
#include "libs/base/random.h"
#include "libs/rpc/handler.h"
#include "libs/rpc/measures.h"
#include "libs/rpc/queue.h"
#include "libs/rpc/server.h"
#include "libs/rpc/workers.h"

// The inside of the server: what Server, Exchange and the steps share. Not for services.
namespace guildhall::rpc::internal {

class Exchange;

struct Method {
  const access::MethodPolicy* policy = nullptr;
  Handler handler;
  Measures measures;
  // What takes a request_id writes, and what is audited, as imports are.
  Workers::Kind kind = Workers::Kind::kRead;
};

// After Start() everything but `workers`, `queue` and the parts belongs to the queue's thread.
struct Engine {
  Engine(Queue& q, ServerSettings s, ServerParts p);
  ~Engine();

  // Answers overdue calls; whether any call is under way.
  bool Tick();
  void Enter(Exchange& exchange);
  void Leave(Exchange& exchange);
  // Answers all calls that run.
  void ExpireAll();
  // Whether no exchange is left, not even one that expects a call. From any thread.
  bool Idle() const { return alive == 0; }
  // Waits until no exchange is left. Not from the queue's thread.
  void AwaitIdle();

  Queue& queue;
  const ServerSettings settings;
  const ServerParts parts;
  access::Authorizer authorizer;
  access::PolicyTable policies;
  absl::flat_hash_map<std::string, std::unique_ptr<Method>>
      methods;  // by "/package.Service/Method"
  std::map<std::string, std::unique_ptr<AnyResolver>, std::less<>> resolvers;  // by collection
  Measures unknown_method;
  BufferedRandom random;
  std::uint64_t answered = 0;

  // Calls that have begun, in no order; each knows its slot.
  std::vector<Exchange*> running;
  // All exchanges, those that still expect a call included.
  std::atomic<int> alive = 0;
  // Memory of exchanges that are gone, for the next ones.
  std::vector<void*> spare;

  grpc::AsyncGenericService service;
  std::unique_ptr<grpc::Server> server;
  // Last, so that it ends first: its threads use all of the above.
  std::unique_ptr<Workers> workers;
};

}  // namespace guildhall::rpc::internal
