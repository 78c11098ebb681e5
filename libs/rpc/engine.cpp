#include "libs/rpc/engine.h"

#include "libs/rpc/exchange.h"

namespace guildhall::rpc::internal {

Engine::Engine(Queue& q, ServerSettings s, ServerParts p)
    : queue(q),
      settings(std::move(s)),
      parts(std::move(p)),
      authorizer(parts.facts),
      unknown_method(parts.metrics, Measures::Side::kServer, "unknown/unknown"),
      workers(std::make_unique<Workers>(settings.workers, settings.waiting_calls, parts.metrics)) {}

Engine::~Engine() {
  for (void* memory : spare) ::operator delete(memory);
}

bool Engine::Tick() {
  const Deadline now = Deadline::After(absl::ZeroDuration());
  for (Exchange* exchange : running) {
    if (!exchange->answered() && exchange->facts.deadline < now) exchange->Expire();
  }
  return !running.empty();
}

void Engine::ExpireAll() {
  for (Exchange* exchange : running) {
    if (!exchange->answered()) exchange->Expire();
  }
}

void Engine::Enter(Exchange& exchange) {
  exchange.slot = running.size();
  running.push_back(&exchange);
}

void Engine::Leave(Exchange& exchange) {
  running.back()->slot = exchange.slot;
  running[exchange.slot] = running.back();
  running.pop_back();
}

void Engine::AwaitIdle() {
  for (int left = alive.load(); left != 0; left = alive.load()) alive.wait(left);
}

}  // namespace guildhall::rpc::internal
