#include "libs/redis/connection.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "libs/redis/connect.h"

namespace guildhall::redis {
namespace {

absl::Status Lost(std::string_view why) {
  return absl::UnavailableError(absl::StrCat("The connection to Redis is lost: ", Absl(why)));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const RedisSettings& settings,
                                                             Deadline deadline) {
  const Deadline soon = deadline.AtMost(settings.timeout);
  GUILDHALL_ASSIGN(const int socket, internal::Connect(settings, soon));
  std::unique_ptr<Connection> connection(new Connection(socket));
  GUILDHALL_TRY(connection->Authenticate(settings, soon));
  return connection;
}

Connection::~Connection() {
  if (socket_ >= 0) close(socket_);
}

absl::Status Connection::Authenticate(const RedisSettings& settings, Deadline deadline) {
  if (settings.password.empty()) return absl::OkStatus();
  GUILDHALL_ASSIGN(const Reply reply, Ask(Command("AUTH", settings.password.Reveal()), deadline));
  if (!reply.is_error()) return absl::OkStatus();
  return Close(absl::UnavailableError(absl::StrCat("Redis refuses the password: ", reply.text)));
}

void Connection::Append(const Command& command) {
  command.AppendTo(unsent_);
  ++unsent_commands_;
  ++awaited_;
}

absl::StatusOr<std::optional<Reply>> Connection::Poll(Deadline deadline,
                                                      Cancellation* cancellation) {
  if (!sound()) return Lost("it was closed");
  GUILDHALL_CHECK(awaited_ > 0);
  GUILDHALL_TRY(Send());
  while (true) {
    absl::StatusOr<std::optional<Reply>> reply = reader_.Next();
    if (!reply.ok()) return Close(reply.status());
    if (reply->has_value()) {
      --awaited_;
      return reply;
    }
    const short events = sent_bytes_ < unsent_.size() ? POLLIN | POLLOUT : POLLIN;
    const auto ready = internal::Await(socket_, events, deadline, cancellation);
    if (!ready.ok()) return Close(ready.status());
    if (!*ready) return std::optional<Reply>();
    GUILDHALL_TRY(Send());
    GUILDHALL_TRY(Receive());
  }
}

absl::StatusOr<std::vector<Reply>> Connection::Exchange(Deadline deadline,
                                                        Cancellation* cancellation) {
  std::vector<Reply> replies;
  replies.reserve(awaited_);
  while (awaited_ > 0) {
    GUILDHALL_ASSIGN(std::optional<Reply> reply, Poll(deadline, cancellation));
    if (!reply.has_value()) {
      return Close(absl::DeadlineExceededError("Redis does not answer in time."));
    }
    replies.push_back(*std::move(reply));
  }
  return replies;
}

absl::StatusOr<Reply> Connection::Ask(const Command& command, Deadline deadline,
                                      Cancellation* cancellation) {
  if (!sound()) return Lost("it was closed");
  GUILDHALL_CHECK(awaited_ == 0);
  Append(command);
  GUILDHALL_ASSIGN(std::vector<Reply> replies, Exchange(deadline, cancellation));
  return std::move(replies.front());
}

absl::Status Connection::CheckSilent() {
  char byte;
  const ssize_t size = recv(socket_, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  if (size == 0) return Close(Lost("Redis has ended it"));
  if (size > 0 || reader_.holds_bytes()) return Close(Lost("Redis speaks without being asked"));
  if (errno == EAGAIN || errno == EINTR) return absl::OkStatus();
  return Close(Lost(std::strerror(errno)));
}

absl::Status Connection::Send() {
  if (unsent_.empty()) return absl::OkStatus();
  // What is there before anything was asked can be no answer.
  if (sent_bytes_ == 0 && unsent_commands_ == awaited_) GUILDHALL_TRY(CheckSilent());
  while (sent_bytes_ < unsent_.size()) {
    const ssize_t sent = send(socket_, unsent_.data() + sent_bytes_, unsent_.size() - sent_bytes_,
                              MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno == EAGAIN) return absl::OkStatus();
    if (sent < 0) return Close(Lost(std::strerror(errno)));
    sent_bytes_ += static_cast<std::size_t>(sent);
  }
  unsent_.clear();
  unsent_commands_ = 0;
  sent_bytes_ = 0;
  return absl::OkStatus();
}

absl::Status Connection::Receive() {
  std::array<char, 65536> room;
  const ssize_t size = recv(socket_, room.data(), room.size(), MSG_DONTWAIT);
  if (size == 0) return Close(Lost("Redis has ended it"));
  if (size < 0 && (errno == EAGAIN || errno == EINTR)) return absl::OkStatus();
  if (size < 0) return Close(Lost(std::strerror(errno)));
  const absl::Status fed = reader_.Feed({room.data(), static_cast<std::size_t>(size)});
  return fed.ok() ? fed : Close(fed);
}

absl::Status Connection::Close(absl::Status status) {
  if (socket_ >= 0) close(socket_);
  socket_ = -1;
  return status;
}

}  // namespace guildhall::redis
