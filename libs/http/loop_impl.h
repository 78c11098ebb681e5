#pragma once

// The inside of a Loop, for the sources of this library only: it brings Asio in.

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "absl/time/time.h"
#include "libs/http/loop.h"

namespace guildhall::http {

using Executor = boost::asio::io_context::executor_type;
// TCP and Unix sockets alike. The executor is named: type erasure costs a copy on every wait.
using Socket = boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, Executor>;
using Timer = boost::asio::basic_waitable_timer<
    std::chrono::steady_clock, boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;

struct Loop::Impl {
  // The hint says that one thread runs the loop.
  boost::asio::io_context io{1};
  // Where every connection of the loop reads into; what has to stay is copied out. 64 KiB: a read
  // of four full HTTP/2 frames.
  std::vector<char> scratch = std::vector<char>(std::size_t{64} << 10);
  std::thread thread;
};

// Calls `tick` on the loop every `period` until destroyed. Destroy it on the loop, or when the loop
// is stopped.
class Ticker {
 public:
  Ticker(Loop& loop, absl::Duration period, std::function<void()> tick)
      : state_(std::make_shared<State>(loop.impl().io, period, std::move(tick))) {
    Arm(state_);
  }

 private:
  struct State {
    State(boost::asio::io_context& io, absl::Duration period, std::function<void()> tick)
        : timer(io.get_executor()), period(period), tick(std::move(tick)) {}
    Timer timer;
    absl::Duration period;
    std::function<void()> tick;
  };

  static void Arm(const std::shared_ptr<State>& state) {
    state->timer.expires_after(absl::ToChronoNanoseconds(state->period));
    // Weak: a due tick of a destroyed ticker may already be queued.
    state->timer.async_wait([weak = std::weak_ptr(state)](boost::system::error_code error) {
      const auto state = weak.lock();
      if (error || !state) return;
      state->tick();
      Arm(state);
    });
  }

  std::shared_ptr<State> state_;
};

}  // namespace guildhall::http
