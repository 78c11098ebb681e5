#include "libs/http/server.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "libs/base/clock.h"
#include "libs/base/status_macros.h"
#include "libs/http/address.h"
#include "libs/http/listener.h"
#include "libs/http/server_state.h"

namespace guildhall::http {
namespace {

// Timeouts are kept to this precision.
constexpr absl::Duration kSweepEvery = absl::Milliseconds(250);
// After the system has run out of descriptors. Waiting for readability alone would spin.
constexpr absl::Duration kAcceptAgainAfter = absl::Milliseconds(100);
// Accepted per wake-up, so that a flood of connections does not starve those that stand.
constexpr int kAcceptAtOnce = 64;
constexpr int kUnavailable = 503;
constexpr absl::string_view kFull =
    "HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\ncontent-length: 0\r\n"
    "connection: close\r\n";

}  // namespace

void Server::State::AwaitClients() {
  listener.async_wait(boost::asio::posix::descriptor_base::wait_read,
                      [self = shared_from_this()](boost::system::error_code error) {
                        if (!error && self->listener.is_open()) self->AcceptClients();
                      });
}

void Server::State::AcceptClients() {
  for (int n = 0; n < kAcceptAtOnce; ++n) {
    std::string peer;
    const int fd = Accept(listener.native_handle(), peer);
    if (fd < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
    if (fd < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)) {
      auto timer = std::make_shared<Timer>(loop.impl().io.get_executor());
      timer->expires_after(absl::ToChronoNanoseconds(kAcceptAgainAfter));
      timer->async_wait([self = shared_from_this(), timer](boost::system::error_code) {
        if (self->listener.is_open()) self->AwaitClients();
      });
      return;
    }
    if (fd < 0) continue;  // this one client gave up
    if (counts->open >= limits.connections) {
      ++counts->over_limit;
      const std::string answer = absl::StrCat(kFull, handler.OnRefused(kUnavailable), "\r\n");
      [[maybe_unused]] const ssize_t sent =
          send(fd, answer.data(), answer.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      close(fd);
      continue;
    }
    ++counts->accepted;
    ++counts->open;
    Socket socket(loop.impl().io.get_executor());
    // Only the number of the family is read from the protocol, and only by functions unused here.
    socket.assign(boost::asio::generic::stream_protocol(AF_UNSPEC, 0), fd);
    auto connection = std::make_shared<Connection>(*this, std::move(socket), std::move(peer));
    connections.insert(connection);
    connection->Start();
  }
  AwaitClients();
}

void Server::State::Sweep() {
  RefreshDate();
  // A copy: sweeping closes, and closing forgets.
  const std::vector<std::shared_ptr<Connection>> all(connections.begin(), connections.end());
  for (const auto& connection : all) connection->Sweep();
}

void Server::State::RefreshDate() {
  date = absl::StrCat(
      "date: ",
      absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", SystemClock().Now(), absl::UTCTimeZone()),
      "\r\n");
}

void Server::State::BeginDrain(std::function<void()> done) {
  draining = true;
  drained = std::move(done);
  if (listener.is_open()) listener.close();
  const std::vector<std::shared_ptr<Connection>> all(connections.begin(), connections.end());
  for (const auto& connection : all) connection->Drain();
  if (connections.empty() && drained) std::exchange(drained, nullptr)();
}

void Server::State::Forget(const std::shared_ptr<Connection>& connection) {
  if (connections.erase(connection) == 0) return;
  --counts->open;
  if (closed.empty()) loop.Post([self = shared_from_this()] { self->Bury(); });
  closed.push_back(connection);
  if (draining && connections.empty() && drained) std::exchange(drained, nullptr)();
}

void Server::State::Bury() {
  for (const auto& connection : std::exchange(closed, {})) connection->LetGo();
}

absl::StatusOr<std::unique_ptr<Server>> Server::Listen(Loop& loop, std::string_view address,
                                                       Handler& handler,
                                                       const ServerLimits& limits) {
  GUILDHALL_ASSIGN(const Address parsed, ParseAddress(address));
  GUILDHALL_ASSIGN(const int fd, http::Listen(parsed));
  auto state = std::make_shared<State>(loop, handler, limits);
  state->limits.connections = std::min(limits.connections, DescriptorsForConnections());
  state->address = BoundAddress(fd, parsed);
  state->socket_file = parsed.unix_path;
  state->listener.assign(fd);
  state->RefreshDate();
  loop.Post([state] {
    state->sweeper =
        std::make_unique<Ticker>(state->loop, kSweepEvery, [self = state.get()] { self->Sweep(); });
    state->AwaitClients();
  });
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::shared_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() {
  state_->sweeper = nullptr;
  state_->drained = nullptr;
  if (state_->listener.is_open()) state_->listener.close();
  if (!state_->socket_file.empty()) unlink(state_->socket_file.c_str());
  const std::vector<std::shared_ptr<Connection>> all(state_->connections.begin(),
                                                     state_->connections.end());
  for (const auto& connection : all) connection->Close();
  state_->Bury();
}

const std::string& Server::address() const { return state_->address; }

void Server::Drain(std::function<void()> done) {
  state_->loop.Post(
      [state = state_, done = std::move(done)] { state->BeginDrain(std::move(done)); });
}

std::shared_ptr<const ServerCounts> Server::counts() const { return state_->counts; }

}  // namespace guildhall::http
