#include "libs/rpc/server.h"

#include <google/protobuf/descriptor.h>
#include <grpc/grpc.h>
#include <grpc/support/time.h>
#include <grpcpp/security/server_credentials.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "libs/rpc/address.h"
#include "libs/rpc/engine.h"
#include "libs/rpc/exchange.h"

namespace guildhall::rpc {
namespace {

namespace pb = google::protobuf;

// Calls that gRPC may accept ahead of the queue's thread; beyond that it queues them itself.
constexpr int kExpectedCalls = 64;

// How often a drain looks whether it is done.
constexpr absl::Duration kLook = absl::Milliseconds(5);
// Once nothing else is left, clients get this long to take their GOAWAY, which loopback and a busy
// machine do in a few ms. Whatever is left then never began: see Drain.
constexpr absl::Duration kForgottenCalls = absl::Milliseconds(500);

// gRPC's shutdown in steps, which grpc::Server::Shutdown takes in one: only the beginning has to be
// on the queue's thread, and only the end has to be waited for.
class Shutdown {
 public:
  explicit Shutdown(grpc_server& server)
      : server_(server), queue_(grpc_completion_queue_create_for_pluck(nullptr)) {}
  ~Shutdown() {
    while (!EndsWithin(absl::Seconds(1))) {
    }
    grpc_completion_queue_shutdown(queue_);
    grpc_completion_queue_destroy(queue_);
  }
  Shutdown(const Shutdown&) = delete;
  Shutdown& operator=(const Shutdown&) = delete;

  void Begin() { grpc_server_shutdown_and_notify(&server_, queue_, this); }
  bool EndsWithin(absl::Duration wait) {
    const gpr_timespec until =
        gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                     gpr_time_from_millis(absl::ToInt64Milliseconds(wait), GPR_TIMESPAN));
    ended_ = ended_ ||
             grpc_completion_queue_pluck(queue_, this, until, nullptr).type == GRPC_OP_COMPLETE;
    return ended_;
  }
  void CancelAllCalls() { grpc_server_cancel_all_calls(&server_); }

 private:
  grpc_server& server_;
  grpc_completion_queue* const queue_;
  bool ended_ = false;
};

const pb::MethodDescriptor* Describe(std::string method) {
  std::replace(method.begin(), method.end(), '/', '.');
  return pb::DescriptorPool::generated_pool()->FindMethodByName(method);
}

std::string NameOf(const pb::MethodDescriptor& method) {
  return absl::StrCat(method.service()->full_name(), "/", method.name());
}

// What is wrong with a handler for `method`, if anything.
std::string FaultOf(const std::string& name, const pb::MethodDescriptor* method,
                    const internal::Handler& handler) {
  if (method == nullptr) return absl::StrCat(name, ": there is no such method");
  if (method->client_streaming() || method->server_streaming()) {
    return absl::StrCat(name, ": is a stream; no shape serves it");
  }
  if (method->input_type() != handler.request->GetDescriptor() ||
      method->output_type() != handler.response->GetDescriptor()) {
    return absl::StrCat(name, ": the handler is (", handler.request->GetTypeName(), ") -> ",
                        handler.response->GetTypeName(), ", the method (",
                        method->input_type()->full_name(), ") -> ",
                        method->output_type()->full_name());
  }
  return "";
}

}  // namespace

void ServerSettings::Describe(settings::Schema& schema) {
  schema.Add("listen", &listen,
             "Where calls are taken: unix:/path or 127.0.0.1:port; private, because gRPC's own "
             "listener must not face an untrusted network");
  schema.Add("workers", &workers,
             "Threads for handlers that wait; as many as connections to the database");
  schema.Add("waiting_calls", &waiting_calls,
             "Calls that may stand in line for a worker; beyond that OVERLOADED");
  schema.Add("most_calls", &most_calls, "Calls under way at once; beyond that OVERLOADED");
  schema.Add("largest_request", &largest_request,
             "Largest request message; imports send up to 4 MiB at a time");
  schema.Add("default_deadline", &default_deadline, "Deadline of calls that bring none");
  schema.Add("longest_deadline", &longest_deadline, "Deadline that no call exceeds");
}

Server::Server(Queue& queue, ServerSettings settings, ServerParts parts)
    : engine_(std::make_unique<internal::Engine>(queue, std::move(settings), std::move(parts))) {}

Server::~Server() {
  Drain(absl::ZeroDuration());
  engine_->workers.reset();
}

void Server::Add(std::string_view method, internal::Handler handler) {
  GUILDHALL_CHECK(!started_);
  auto entry = std::make_unique<internal::Method>(
      internal::Method{nullptr, std::move(handler),
                       Measures(engine_->parts.metrics, Measures::Side::kServer, method)});
  const bool added =
      engine_->methods.emplace(absl::StrCat("/", Absl(method)), std::move(entry)).second;
  GUILDHALL_CHECK(added && "a method has one handler");
}

void Server::AddResolver(std::string_view collection,
                         std::unique_ptr<internal::AnyResolver> resolver) {
  GUILDHALL_CHECK(!started_);
  engine_->resolvers[std::string(collection)] = std::move(resolver);
}

absl::Status Server::Start() {
  GUILDHALL_CHECK(!started_);
  GUILDHALL_TRY(CheckTable());
  GUILDHALL_TRY(Listen());
  started_ = true;
  engine_->queue.SetTick([engine = engine_.get()] { return engine->Tick(); });
  // Awaited: a server that is destroyed at once must know what it has to wait for.
  engine_->queue.Await([engine = engine_.get()] {
    for (int i = 0; i < kExpectedCalls; ++i) internal::Exchange::Expect(*engine);
  });
  return absl::OkStatus();
}

absl::Status Server::CheckTable() {
  std::vector<std::string> faults;
  std::set<const pb::ServiceDescriptor*> services;
  for (const auto& [path, entry] : engine_->methods) {
    const std::string name = path.substr(1);
    const pb::MethodDescriptor* method = Describe(name);
    if (method != nullptr) services.insert(method->service());
    if (std::string fault = FaultOf(name, method, entry->handler); !fault.empty()) {
      faults.push_back(std::move(fault));
    }
  }
  for (const pb::ServiceDescriptor* service : services) {
    for (int i = 0; i < service->method_count(); ++i) {
      const std::string name = NameOf(*service->method(i));
      if (!engine_->methods.contains(absl::StrCat("/", name))) {
        faults.push_back(absl::StrCat(name, ": is declared and has no handler"));
      }
    }
  }
  const std::vector<const pb::ServiceDescriptor*> declared(services.begin(), services.end());
  auto policies = access::PolicyTable::FromServices(declared);
  if (!policies.ok()) faults.emplace_back(policies.status().message());
  if (!faults.empty()) {
    std::sort(faults.begin(), faults.end());
    return absl::FailedPreconditionError(absl::StrJoin(faults, "\n"));
  }
  engine_->policies = *std::move(policies);
  for (auto& [path, entry] : engine_->methods) {
    entry->policy = engine_->policies.Find(std::string_view(path).substr(1));
    GUILDHALL_CHECK(entry->policy != nullptr);
    if (entry->policy->audit ||
        entry->handler.request->GetDescriptor()->FindFieldByName("request_id") != nullptr) {
      entry->kind = Workers::Kind::kWrite;
    }
    if (entry->policy->audience == access::Audience::kSignedIn && !engine_->parts.verify_token) {
      return absl::FailedPreconditionError(path + ": needs tokens, and there is no verifier");
    }
    if (entry->policy->audience == access::Audience::kService && !engine_->parts.service_key) {
      return absl::FailedPreconditionError(path + ": needs the setting service_key");
    }
  }
  return absl::OkStatus();
}

absl::Status Server::Listen() {
  const ServerSettings& settings = engine_->settings;
  GUILDHALL_ASSIGN(const std::string address, CheckListenAddress(settings.listen));
  GUILDHALL_TRY(CheckFree(address));
  grpc::ServerBuilder& builder = engine_->queue.builder();
  int port = 0;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port);
  builder.RegisterAsyncGenericService(&engine_->service);
  // Twice the limit: what is a little too large is told so in our own words; the rest is cut off.
  builder.SetMaxReceiveMessageSize(static_cast<int>(2 * Count(settings.largest_request)));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, settings.most_calls);
  // Another process on the same port would take a part of the calls instead of failing.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  // Deadlines are the engine's: with a reason, and without a timer for each call.
  builder.AddChannelArgument(GRPC_ARG_ENABLE_DEADLINE_CHECKS, 0);
  // Whoever calls is one of ours, and asks every few seconds whether anybody is there.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, 0);
  // Nobody compresses on loopback, and a compressed request could grow beyond any limit.
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_COMPRESSION, 0);
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
  engine_->server = builder.BuildAndStart();
  if (engine_->server == nullptr || port == 0) {
    return absl::UnavailableError(absl::StrCat("cannot listen on ", address, ": it is taken"));
  }
  address_ = address.starts_with("unix:")
                 ? address
                 : absl::StrCat(address.substr(0, address.rfind(':')), ":", port);
  return absl::OkStatus();
}

void Server::AddKept(
    std::string_view method, cache::Replies& replies,
    std::function<std::optional<cache::Subject>(const google::protobuf::Message&)> subject,
    std::function<bool(const Call&)> serves) {
  const auto entry = engine_->methods.find(absl::StrCat("/", Absl(method)));
  GUILDHALL_CHECK(entry != engine_->methods.end());
  if (!replies.on()) return;
  internal::Handler& handler = entry->second->handler;
  GUILDHALL_CHECK(handler.kept == nullptr);
  GUILDHALL_CHECK(handler.shape != internal::Handler::Shape::kInline);
  const std::string_view name = method.substr(method.rfind('/') + 1);
  handler.kept.reset(
      new internal::AnyKept{replies, replies.Declare(name), std::move(subject), std::move(serves)});
}

void Server::Drain(absl::Duration grace) {
  if (engine_->server == nullptr) return;
  const Deadline deadline = Deadline::After(grace);
  Shutdown shutdown(*engine_->server->c_server());
  // On the thread that takes calls in: one that arrives meanwhile on another, gRPC 1.51 forgets.
  engine_->queue.Await([&] { shutdown.Begin(); });
  while (!shutdown.EndsWithin(kLook) && !engine_->Idle() && !deadline.Passed()) {
  }
  const auto expire = [this] { engine_->queue.Await([this] { engine_->ExpireAll(); }); };
  expire();
  if (!shutdown.EndsWithin(kForgottenCalls)) {
    expire();  // what has begun is told so by the engine, not by gRPC
    shutdown.CancelAllCalls();
  }
  engine_->server->Shutdown();
  engine_->AwaitIdle();
  engine_->queue.SetTick(nullptr);
  engine_->server.reset();
}

}  // namespace guildhall::rpc
