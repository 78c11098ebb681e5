#include "libs/service/probe.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "libs/base/deadline.h"

namespace guildhall::service {
namespace {

// The client's preface and an empty SETTINGS frame: 9 bytes of head, type 4 (RFC 9113 section 6.5).
constexpr std::string_view kPreface{"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", 33};

struct Socket {
  explicit Socket(int family) : fd(socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {}
  ~Socket() {
    if (fd >= 0) close(fd);
  }
  const int fd;
};

// Waits until the socket may be written (`POLLOUT`) or read (`POLLIN`).
bool Await(int fd, short what, Deadline deadline) {
  pollfd waiting{fd, what, 0};
  return poll(&waiting, 1, static_cast<int>(absl::ToInt64Milliseconds(deadline.Remaining()))) == 1;
}

bool Converse(int fd, const sockaddr* to, socklen_t size) {
  const Deadline deadline = Deadline::After(Probe::kPatience);
  if (connect(fd, to, size) != 0 && errno != EINPROGRESS) return false;
  if (!Await(fd, POLLOUT, deadline)) return false;
  if (send(fd, kPreface.data(), kPreface.size(), MSG_NOSIGNAL) != ssize_t(kPreface.size())) {
    return false;
  }
  char byte;
  return Await(fd, POLLIN, deadline) && recv(fd, &byte, 1, 0) == 1;
}

bool ConverseOverUnix(const std::string& path) {
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  if (path.size() >= sizeof to.sun_path) return false;
  std::memcpy(to.sun_path, path.data(), path.size());
  const Socket socket(AF_UNIX);
  return socket.fd >= 0 && Converse(socket.fd, reinterpret_cast<const sockaddr*>(&to), sizeof to);
}

bool ConverseOverTcp(std::string host, int port) {
  if (host == "localhost" || host == "0.0.0.0") host = "127.0.0.1";
  if (host == "[::1]" || host == "[::]") {
    sockaddr_in6 to{};
    to.sin6_family = AF_INET6;
    to.sin6_addr = in6addr_loopback;
    to.sin6_port = htons(static_cast<std::uint16_t>(port));
    const Socket socket(AF_INET6);
    return socket.fd >= 0 && Converse(socket.fd, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  }
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  if (inet_pton(AF_INET, host.c_str(), &to.sin_addr) != 1) return false;
  const Socket socket(AF_INET);
  return socket.fd >= 0 && Converse(socket.fd, reinterpret_cast<const sockaddr*>(&to), sizeof to);
}

bool ConverseWith(const std::string& address) {
  if (address.starts_with("unix:")) return ConverseOverUnix(address.substr(5));
  const auto colon = address.rfind(':');
  if (colon == std::string::npos) return false;
  return ConverseOverTcp(address.substr(0, colon), std::atoi(address.c_str() + colon + 1));
}

}  // namespace

bool Probe::Greets() {
  strikes_ = ConverseWith(address_) ? 0 : strikes_ + 1;
  return strikes_ < kStrikes;
}

}  // namespace guildhall::service
