#include "libs/http/listener.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"

namespace guildhall::http {
namespace {

// Connections that the kernel completes before we accept them; capped by net.core.somaxconn.
constexpr int kBacklog = 1024;
// Descriptors that the process needs beside connections: upstreams, logs, libraries.
constexpr rlim_t kReservedDescriptors = 128;

absl::Status Failed(const Address& address, int error) {
  const std::string where = address.ToString();
  if (error == EADDRINUSE) {
    return absl::AlreadyExistsError(absl::StrCat(
        where, " is taken: another process listens there. Stop it or choose another address."));
  }
  if (error == EADDRNOTAVAIL || error == EACCES) {
    return absl::InvalidArgumentError(
        absl::StrCat("Cannot listen on ", where, ": ", std::strerror(error),
                     ". Choose an address of this machine that this user may use."));
  }
  return absl::UnavailableError(
      absl::StrCat("Cannot listen on ", where, ": ", std::strerror(error)));
}

absl::StatusOr<int> ListenAt(const Address& address, const sockaddr* where, socklen_t size) {
  const int fd = socket(where->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return Failed(address, errno);
  const int on = 1;
  if (where->sa_family != AF_UNIX) setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd, where, size) != 0 || listen(fd, kBacklog) != 0) {
    const int error = errno;
    close(fd);
    return Failed(address, error);
  }
  return fd;
}

absl::StatusOr<int> ListenUnix(const Address& address) {
  sockaddr_un where{};
  where.sun_family = AF_UNIX;
  std::copy(address.unix_path.begin(), address.unix_path.end(), where.sun_path);
  const auto* generic = reinterpret_cast<const sockaddr*>(&where);
  const int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool stale = connect(probe, generic, sizeof where) != 0 && errno == ECONNREFUSED;
  close(probe);
  if (stale) unlink(where.sun_path);
  return ListenAt(address, generic, sizeof where);
}

std::string Host(const sockaddr_storage& address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
    inet_ntop(AF_INET, &v4.sin_addr, text, sizeof text);
  } else if (address.ss_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
    // A listener on [::] sees IPv4 clients as ::ffff:a.b.c.d.
    if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
      inet_ntop(AF_INET, &v6.sin6_addr.s6_addr[12], text, sizeof text);
    } else {
      inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text);
    }
  } else {
    return "unix";
  }
  return text;
}

}  // namespace

absl::StatusOr<int> Listen(const Address& address) {
  if (!address.unix_path.empty()) return ListenUnix(address);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (const int error = getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found)) {
    return absl::InvalidArgumentError(
        absl::StrCat("Cannot listen on ", address.ToString(), ": ", gai_strerror(error)));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
  return ListenAt(address, found->ai_addr, found->ai_addrlen);
}

std::string BoundAddress(int socket, const Address& asked) {
  if (!asked.unix_path.empty()) return asked.ToString();
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  getsockname(socket, reinterpret_cast<sockaddr*>(&bound), &size);
  Address address = asked;
  const in_port_t port = bound.ss_family == AF_INET6
                             ? reinterpret_cast<const sockaddr_in6&>(bound).sin6_port
                             : reinterpret_cast<const sockaddr_in&>(bound).sin_port;
  address.port = std::to_string(ntohs(port));
  return address.ToString();
}

int Accept(int listener, std::string& peer) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  const int fd =
      accept4(listener, reinterpret_cast<sockaddr*>(&address), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd < 0) return fd;
  const int on = 1;
  if (address.ss_family != AF_UNIX) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  peer = Host(address);
  return fd;
}

int DescriptorsForConnections() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  const rlim_t room =
      limit.rlim_cur > kReservedDescriptors ? limit.rlim_cur - kReservedDescriptors : 1;
  return static_cast<int>(std::min<rlim_t>(room, 1 << 20));
}

}  // namespace guildhall::http
