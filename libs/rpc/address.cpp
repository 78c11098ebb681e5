#include "libs/rpc/address.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libs/base/strings.h"

namespace guildhall::rpc {
namespace {

constexpr std::string_view kUnix = "unix:";

// Whether somebody takes a connection to `path`.
bool Listens(const std::string& path) {
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  std::memcpy(name.sun_path, path.data(), path.size());
  const bool listens = connect(fd, reinterpret_cast<sockaddr*>(&name), sizeof name) == 0;
  close(fd);
  return listens;
}

// Whether `port` on this machine's loopback can be bound.
bool Free(bool v6, std::uint16_t port) {
  const int fd = socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  const int on = 1;  // as gRPC does, so that connections in TIME_WAIT do not count
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in6 name6{};
  name6.sin6_family = AF_INET6;
  name6.sin6_port = htons(port);
  name6.sin6_addr = in6addr_loopback;
  sockaddr_in name4{};
  name4.sin_family = AF_INET;
  name4.sin_port = htons(port);
  name4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool free = v6 ? bind(fd, reinterpret_cast<sockaddr*>(&name6), sizeof name6) == 0
                       : bind(fd, reinterpret_cast<sockaddr*>(&name4), sizeof name4) == 0;
  close(fd);
  return free;
}

absl::Status Bad(std::string_view address, std::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("cannot listen on '", Absl(address), "': ", Absl(why)));
}

}  // namespace

absl::StatusOr<std::string> CheckListenAddress(std::string_view address) {
  if (address.starts_with(kUnix)) {
    const std::string_view path = address.substr(kUnix.size());
    if (!path.starts_with('/')) return Bad(address, "write unix:/absolute/path");
    if (path.size() >= sizeof(sockaddr_un::sun_path)) {
      return Bad(address, "a socket's path is at most 107 bytes");
    }
    return std::string(address);
  }
  const auto colon = address.rfind(':');
  const std::string_view host = address.substr(0, colon);
  std::uint32_t port = 0;
  if (colon == std::string_view::npos ||
      !absl::SimpleAtoi(Absl(address.substr(colon + 1)), &port) || port > 65535) {
    return Bad(address, "write unix:/path or 127.0.0.1:port");
  }
  if (host != "127.0.0.1" && host != "[::1]" && host != "localhost") {
    return Bad(address, "without TLS a service listens on a Unix socket or on loopback only");
  }
  return std::string(address);
}

absl::Status CheckFree(const std::string& address) {
  bool free;
  if (address.starts_with(kUnix)) {
    free = !Listens(address.substr(kUnix.size()));
  } else {
    const auto colon = address.rfind(':');
    int port = 0;
    free = absl::SimpleAtoi(address.substr(colon + 1), &port) &&
           Free(address.starts_with('['), static_cast<std::uint16_t>(port));
  }
  if (free) return absl::OkStatus();
  return absl::UnavailableError(
      absl::StrCat("cannot listen on ", address, ": another process does, or it is not permitted"));
}

}  // namespace guildhall::rpc
