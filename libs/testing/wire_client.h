#pragma once

// A client that sends exactly the bytes it is told, right or wrong.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/ascii.h"
#include "libs/base/check.h"
#include "libs/base/strings.h"
#include "libs/http/address.h"

namespace guildhall::testing {

class WireClient {
 public:
  struct Reply {
    int status = 0;
    std::string head;  // in lower case, with the status line
    std::string body;
    bool Has(std::string_view line) const { return head.find(line) != std::string::npos; }
  };

  // `address` as Server::address() gives it. A small `receive_buffer` makes a slow reader.
  explicit WireClient(std::string_view address, int receive_buffer = 0) {
    const http::Address parsed = http::ParseAddress(address).value();
    const bool local = !parsed.unix_path.empty();
    fd_ = socket(local ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd_ < 0) return;
    if (receive_buffer > 0) {
      setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    sockaddr_un un{.sun_family = AF_UNIX};
    std::copy(parsed.unix_path.begin(), parsed.unix_path.end(), un.sun_path);
    sockaddr_in in{.sin_family = AF_INET};
    if (!local) {
      in.sin_port = htons(static_cast<in_port_t>(std::stoi(parsed.port)));
      inet_pton(AF_INET, parsed.host.c_str(), &in.sin_addr);
    }
    const auto* where = local ? reinterpret_cast<sockaddr*>(&un) : reinterpret_cast<sockaddr*>(&in);
    if (connect(fd_, where, local ? sizeof un : sizeof in) != 0) Close();
  }
  ~WireClient() { Close(); }
  WireClient(const WireClient&) = delete;
  WireClient(WireClient&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)), input_(std::move(other.input_)) {}

  bool connected() const { return fd_ >= 0; }

  // Whether all of it could be sent.
  bool Send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t size = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (size <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
  }

  // The next reply; nothing when the connection closes or five seconds pass before it is whole.
  std::optional<Reply> Read() {
    std::size_t end;
    while ((end = input_.find("\r\n\r\n")) == std::string::npos) {
      if (!ReadMore()) return std::nullopt;
    }
    Reply reply;
    reply.head = absl::AsciiStrToLower(Absl(std::string_view(input_).substr(0, end + 4)));
    reply.status = std::atoi(reply.head.c_str() + sizeof "http/1.1");
    input_.erase(0, end + 4);
    std::size_t size = 0;
    if (const auto at = reply.head.find("content-length: "); at != std::string::npos) {
      size = std::strtoull(reply.head.c_str() + at + 16, nullptr, 10);
    }
    while (input_.size() < size) {
      if (!ReadMore()) return std::nullopt;
    }
    reply.body = input_.substr(0, size);
    input_.erase(0, size);
    return reply;
  }

  // Sends and reads the reply, which must come.
  Reply Ask(std::string_view bytes) {
    Send(bytes);
    std::optional<Reply> reply = Read();
    return reply ? *std::move(reply) : Reply{};
  }

  // The next `size` bytes as they come; fewer when the connection closes or five seconds pass.
  std::string ReadBytes(std::size_t size) {
    while (input_.size() < size && ReadMore()) {
    }
    std::string bytes = input_.substr(0, size);
    input_.erase(0, size);
    return bytes;
  }

  // Whether the peer closes within five seconds; what it still sends is dropped.
  bool AwaitClose() {
    while (ReadMore()) input_.clear();
    return closed_;
  }

  void Close() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }

 private:
  bool ReadMore() {
    pollfd ready{fd_, POLLIN, 0};
    if (poll(&ready, 1, 5000) <= 0) return false;
    char buffer[16384];
    const ssize_t size = recv(fd_, buffer, sizeof buffer, 0);
    closed_ = size <= 0;
    if (closed_) return false;
    input_.append(buffer, static_cast<std::size_t>(size));
    return true;
  }

  int fd_ = -1;
  bool closed_ = false;
  std::string input_;
};

}  // namespace guildhall::testing
