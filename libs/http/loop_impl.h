#pragma once

// The inside of a Loop, for the sources of this library only: it brings Asio in.

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <thread>
#include <vector>

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

}  // namespace guildhall::http
