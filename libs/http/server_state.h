#pragma once

// The inside of a Server, shared with its connections; for the sources of this library only.

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "libs/http/connection.h"
#include "libs/http/loop_impl.h"
#include "libs/http/server.h"
#include "libs/http/ticker.h"

namespace guildhall::http {

struct Server::State : std::enable_shared_from_this<Server::State> {
  State(Loop& loop, Handler& handler, const ServerLimits& limits)
      : loop(loop), handler(handler), limits(limits), listener(loop.impl().io) {}

  void AwaitClients();
  void AcceptClients();
  void Sweep();
  void BeginDrain(std::function<void()> done);
  // Lets go of a closed connection, with the next turn of the loop: it is still on the stack.
  void Forget(const std::shared_ptr<Connection>& connection);
  void Bury();
  void RefreshDate();

  Loop& loop;
  Handler& handler;
  ServerLimits limits;
  std::string address;
  std::string socket_file;  // to be removed at the end; empty for TCP
  boost::asio::posix::basic_stream_descriptor<Executor> listener;
  absl::flat_hash_set<std::shared_ptr<Connection>> connections;
  std::vector<std::shared_ptr<Connection>> closed;
  std::unique_ptr<Ticker> sweeper;
  std::string date;  // "date: Sun, 06 Nov 1994 08:49:37 GMT\r\n" (RFC 9110 section 5.6.7)
  std::size_t unsent = 0;
  bool draining = false;
  std::function<void()> drained;

  const std::shared_ptr<ServerCounts> counts = std::make_shared<ServerCounts>();
};

}  // namespace guildhall::http
