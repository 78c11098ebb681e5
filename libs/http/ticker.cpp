#include "libs/http/ticker.h"

#include <utility>

#include "libs/http/loop_impl.h"

namespace guildhall::http {

struct Ticker::State {
  State(boost::asio::io_context& io, absl::Duration period, std::function<void()> tick)
      : timer(io.get_executor()), period(period), tick(std::move(tick)) {}
  Timer timer;
  absl::Duration period;
  std::function<void()> tick;
};

Ticker::Ticker(Loop& loop, absl::Duration period, std::function<void()> tick)
    : state_(std::make_shared<State>(loop.impl().io, period, std::move(tick))) {
  Arm(state_);
}

Ticker::~Ticker() = default;

void Ticker::Arm(const std::shared_ptr<State>& state) {
  state->timer.expires_after(absl::ToChronoNanoseconds(state->period));
  // Weak: a due tick of a destroyed ticker may already be queued.
  state->timer.async_wait([weak = std::weak_ptr(state)](boost::system::error_code error) {
    const auto state = weak.lock();
    if (error || !state) return;
    state->tick();
    Arm(state);
  });
}

}  // namespace guildhall::http
