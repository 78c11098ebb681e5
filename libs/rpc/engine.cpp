#include "libs/rpc/engine.h"

#include <cstring>

#include "libs/rpc/exchange.h"

namespace guildhall::rpc::internal {

void BufferedRandom::Fill(std::span<std::uint8_t> out) {
  if (bytes_.size() - used_ < out.size()) {
    SystemRandom().Fill(bytes_);
    used_ = 0;
  }
  std::memcpy(out.data(), bytes_.data() + used_, out.size());
  used_ += out.size();
}

Engine::Engine(Queue& q, ServerSettings s, ServerParts p)
    : queue(q),
      settings(std::move(s)),
      parts(std::move(p)),
      authorizer(parts.facts),
      unknown_method(parts.metrics, Measures::Side::kServer, "unknown/unknown"),
      workers(std::make_unique<Workers>(settings.workers, settings.waiting_calls, parts.metrics)) {}

bool Engine::Tick() {
  const Deadline now = Deadline::After(absl::ZeroDuration());
  for (Exchange* exchange : running) {
    if (!exchange->answered() && exchange->facts.deadline < now) exchange->Expire();
  }
  return !running.empty();
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
  std::unique_lock lock(alive_mutex);
  alive_changed.wait(lock, [this] { return alive == 0; });
}

}  // namespace guildhall::rpc::internal
