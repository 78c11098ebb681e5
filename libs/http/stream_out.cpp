#include "libs/http/stream_out.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace guildhall::http {
namespace {

// Pieces per system call. A reader that keeps up gets one or two.
constexpr std::size_t kPieces = 64;
// Room for so many pieces is kept when all have left.
constexpr std::size_t kKeepPieces = 4;

}  // namespace

StreamOut::StreamOut(std::string head, bool chunked) : chunked_(chunked) {
  auto owner = std::make_shared<const std::string>(std::move(head));
  Add({owner, *owner});
}

void StreamOut::Add(std::span<const Chunk> chunks) {
  for (const Chunk& chunk : chunks) {
    Add({chunk.owner(), chunked_ ? chunk.framed() : chunk.bytes()});
  }
}

void StreamOut::AddEnd() {
  ended_ = true;
  if (chunked_) Add({nullptr, "0\r\n\r\n"});
}

void StreamOut::Add(Piece piece) {
  unsent_ += piece.bytes.size();
  pieces_.push_back(std::move(piece));
}

bool StreamOut::Flush(int socket) {
  while (unsent_ > 0) {
    std::array<iovec, kPieces> vectors;
    std::size_t count = 0, skip = written_;
    for (std::size_t i = first_; i < pieces_.size() && count < kPieces; ++i) {
      const std::string_view bytes = pieces_[i].bytes.substr(skip);
      vectors[count++] = {const_cast<char*>(bytes.data()), bytes.size()};
      skip = 0;
    }
    const msghdr message{.msg_iov = vectors.data(), .msg_iovlen = count};
    const ssize_t size = sendmsg(socket, &message, MSG_NOSIGNAL);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return errno == EAGAIN;
    DropSent(static_cast<std::size_t>(size));
  }
  return true;
}

void StreamOut::DropSent(std::size_t size) {
  unsent_ -= size;
  for (written_ += size; first_ < pieces_.size() && written_ >= pieces_[first_].bytes.size();) {
    written_ -= pieces_[first_].bytes.size();
    pieces_[first_++] = {};
  }
  if (first_ < pieces_.size()) return;
  pieces_.clear();
  first_ = 0;
  if (pieces_.capacity() > kKeepPieces) pieces_.shrink_to_fit();
}

}  // namespace guildhall::http
