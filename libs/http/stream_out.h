#pragma once

// The outgoing half of a streaming answer; for the sources of this library only.

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/http/message.h"

namespace guildhall::http {

// What of a streaming answer the client has not taken. Most streams are quiet most of the time, so
// an empty one keeps next to no memory.
class StreamOut {
 public:
  // `head` goes first. Not `chunked`, the bytes go as they are, to the end of the connection.
  StreamOut(std::string head, bool chunked);

  void Add(std::span<const Chunk> chunks);
  void AddEnd();
  bool ended() const { return ended_; }

  // Writes as much as the socket takes now. False when the connection is broken.
  bool Flush(int socket);

  std::size_t unsent() const { return unsent_; }

 private:
  struct Piece {
    std::shared_ptr<const std::string> owner;
    std::string_view bytes;
  };
  void Add(Piece piece);
  void DropSent(std::size_t size);

  const bool chunked_;
  bool ended_ = false;
  std::vector<Piece> pieces_;
  std::size_t first_ = 0;    // the first piece that has not left
  std::size_t written_ = 0;  // of that one
  std::size_t unsent_ = 0;
};

}  // namespace guildhall::http
