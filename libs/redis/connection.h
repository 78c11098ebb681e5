#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/base/cancellation.h"
#include "libs/base/deadline.h"
#include "libs/redis/command.h"
#include "libs/redis/reply.h"
#include "libs/redis/reply_reader.h"
#include "libs/redis/settings.h"

namespace guildhall::redis {

// One session with a Redis, RESP2, for one thread at a time. Commands are appended, sent together
// and answered in their order; every wait ends at a deadline.
//
// Whatever leaves an answer unread, and any answer that makes no sense, closes the connection: what
// is asked next would get somebody else's answer. From then on each call fails with UNAVAILABLE.
// Whether a command that got no answer was carried out, nobody knows. A refusal by the server is an
// answer (Reply::is_error) and closes nothing.
class Connection {
 public:
  // Connects and gives the password where there is one. Takes at most the settings' timeout. Fails
  // with UNAVAILABLE when nobody listens, the password is wrong or there is no address, and
  // INVALID_ARGUMENT for an address that makes no sense.
  static absl::StatusOr<std::unique_ptr<Connection>> Open(const RedisSettings& settings,
                                                          Deadline deadline);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Keeps a command for the next Poll or Exchange. Never fails, sends nothing.
  void Append(const Command& command);

  // Sends what was appended and waits for the next answer; nothing when the deadline passes first,
  // and then the connection stays sound: the answer may still be waited for. Fails with CANCELLED,
  // UNAVAILABLE; closes then. For at least one awaited answer.
  absl::StatusOr<std::optional<Reply>> Poll(Deadline deadline,
                                            Cancellation* cancellation = nullptr);

  // Sends what was appended and waits for all answers, in order. Fails with DEADLINE_EXCEEDED,
  // CANCELLED, UNAVAILABLE; closes then. Three system calls unless the answers are long.
  absl::StatusOr<std::vector<Reply>> Exchange(Deadline deadline,
                                              Cancellation* cancellation = nullptr);

  // Append and Exchange for one command.
  absl::StatusOr<Reply> Ask(const Command& command, Deadline deadline,
                            Cancellation* cancellation = nullptr);

  bool sound() const { return socket_ >= 0; }
  // Answers that are still to come.
  std::size_t awaited() const { return awaited_; }

 private:
  explicit Connection(int socket) : socket_(socket) {}

  absl::Status Authenticate(const RedisSettings& settings, Deadline deadline);
  absl::Status CheckSilent();
  absl::Status Send();
  absl::Status Receive();
  // Remembers the connection as closed and returns `status`.
  absl::Status Close(absl::Status status);

  int socket_;
  std::string unsent_;
  std::size_t unsent_commands_ = 0;
  std::size_t sent_bytes_ = 0;  // of unsent_
  std::size_t awaited_ = 0;
  ReplyReader reader_;
};

}  // namespace guildhall::redis
