#include "libs/redis/connect.h"

#include <hiredis/hiredis.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"

namespace guildhall::redis::internal {
namespace {

constexpr std::string_view kUnix = "unix:";

struct Free {
  void operator()(redisContext* context) const { redisFree(context); }
};
using Context = std::unique_ptr<redisContext, Free>;

struct Place {
  std::string path_or_host;
  int port = 0;  // 0: a Unix socket
};

absl::StatusOr<Place> Parse(std::string_view address) {
  if (address.starts_with(kUnix) && address.size() > kUnix.size()) {
    return Place{std::string(address.substr(kUnix.size()))};
  }
  const std::size_t colon = address.rfind(':');
  std::string_view host = address.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  int port = 0;
  if (colon == std::string_view::npos || host.empty() || host == "unix" ||
      !absl::SimpleAtoi(Absl(address.substr(colon + 1)), &port) || port < 1 || port > 65535) {
    return absl::InvalidArgumentError(absl::StrCat(
        "The setting redis_address: \"", Absl(address),
        "\" is no address. Write unix:/path, host:port or [ipv6]:port, or nothing for no Redis."));
  }
  return Place{std::string(host), port};
}

// hiredis begins the connection: a socket, or a name that is resolved.
Context Begin(const Place& place) {
  const char* const where = place.path_or_host.c_str();
  return Context(place.port == 0 ? redisConnectUnixNonBlock(where)
                                 : redisConnectNonBlock(where, place.port));
}

absl::Status NobodyThere(std::string_view why) {
  return absl::UnavailableError(absl::StrCat("Redis cannot be reached: ", Absl(why)));
}

}  // namespace

absl::Status CheckAddress(std::string_view address) {
  return address.empty() ? absl::OkStatus() : Parse(address).status();
}

absl::StatusOr<int> Connect(const RedisSettings& settings, Deadline deadline) {
  if (settings.address.empty()) return absl::UnavailableError("There is no Redis.");
  GUILDHALL_ASSIGN(const Place place, Parse(settings.address));
  Context context = Begin(place);
  if (context == nullptr) return NobodyThere("no memory");
  if (context->err != 0) return NobodyThere(context->errstr);
  GUILDHALL_ASSIGN(const bool ready, Await(context->fd, POLLOUT, deadline, nullptr));
  if (!ready) return absl::DeadlineExceededError("Redis takes no connection in time.");
  int error = 0;
  socklen_t size = sizeof error;
  if (getsockopt(context->fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0) {
    return NobodyThere(std::strerror(error));
  }
  const int on = 1;
  if (context->connection_type == REDIS_CONN_TCP) {
    setsockopt(context->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  return redisFreeKeepFd(context.release());
}

absl::StatusOr<bool> Await(int socket, short events, Deadline deadline,
                           Cancellation* cancellation) {
  pollfd waiting[2] = {{socket, events, 0},
                       {cancellation == nullptr ? -1 : cancellation->fd(), POLLIN, 0}};
  while (true) {
    if (cancellation != nullptr && cancellation->cancelled()) {
      return absl::CancelledError("Nobody waits for Redis any more.");
    }
    const absl::Duration remaining = deadline.Remaining();
    const timespec limit = absl::ToTimespec(remaining);
    ppoll(waiting, 2, remaining < absl::InfiniteDuration() ? &limit : nullptr, nullptr);
    if (waiting[0].revents != 0) return true;
    if (deadline.Passed()) return false;
  }
}

}  // namespace guildhall::redis::internal
