#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "libs/redis/reply.h"

struct redisReader;

namespace guildhall::redis {

// Turns bytes into replies: hiredis's parser under limits, since whoever answers may not be a Redis
// at all. Nothing is allocated because a length was announced, only for what has arrived.
class ReplyReader {
 public:
  // A page of 1,000 changes takes 0.4 MB, 256 cached lists 2 MB.
  static constexpr std::size_t kMostBytes = std::size_t{8} << 20;
  // An element of three bytes costs 80 bytes here.
  static constexpr int kMostElements = 200'000;

  ReplyReader();
  ~ReplyReader();

  // Takes what has arrived. Fails with UNAVAILABLE when one reply is larger than the limit.
  absl::Status Feed(std::string_view bytes);

  // The next whole reply; nothing while more of it is to come. Fails with UNAVAILABLE for what is
  // no RESP2 or beyond the limits; after that the stream makes no sense any more.
  absl::StatusOr<std::optional<Reply>> Next();

  // Whether bytes stand here that belong to no reply yet given out.
  bool holds_bytes() const { return unread_bytes_ > 0; }

 private:
  struct Free {
    void operator()(redisReader* reader) const;
  };

  std::unique_ptr<redisReader, Free> reader_;
  std::size_t unread_bytes_ = 0;  // fed since the last whole reply
  int elements_ = 0;              // of the reply that is read
};

}  // namespace guildhall::redis
