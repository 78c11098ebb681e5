#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace guildhall::http {

// One field of a head or of trailers. Names are lower-case.
struct Field {
  std::string_view name;
  std::string_view value;
  // Towards an upstream: differs from call to call, so it is kept out of HPACK's table, where it
  // would push out what repeats.
  bool unique = false;
};

// A request as it lies in its connection's buffer: every view dies with the call.
struct Request {
  std::string_view method;  // as sent: methods are case-sensitive
  std::string_view target;  // as sent: neither decoded nor normalized
  std::span<const Field> fields;
  std::string_view body;
  // The body is larger than the server takes and was not read; the connection closes after the
  // answer.
  bool body_too_large = false;
  std::string_view peer;  // the peer's address without port, or "unix"

  // The value of the first field with this (lower-case) name.
  std::optional<std::string_view> Find(std::string_view name) const {
    for (const Field& field : fields) {
      if (field.name == name) return field.value;
    }
    return std::nullopt;
  }
};

// An answer. Its body is sent from where it lies: `body` without its first `skip` bytes,
// `constant`, `tail`.
struct Response {
  int status = 200;
  // Whole lines, "name: value\r\n" each. The server adds content-length, connection and date. The
  // one who fills it answers for there being no stray CR or LF.
  std::string head;
  std::string body;
  std::size_t skip = 0;
  // What outlives the server, such as a page that is part of the program: a slow reader of it costs
  // no memory and takes nothing from the budget for such readers.
  std::string_view constant;
  std::string tail;
};

// A piece of a streaming answer, framed once (RFC 9112 section 7.1) and then sent to any number of
// clients without a copy. Copying one costs a reference; any thread may.
class Chunk {
 public:
  // Of these bytes one after the other, at least one in all.
  explicit Chunk(std::initializer_list<std::string_view> pieces);

  // With its head and its end, and who keeps these bytes.
  std::string_view framed() const { return *framed_; }
  const std::shared_ptr<const std::string>& owner() const { return framed_; }
  // Without them.
  std::string_view bytes() const {
    return framed().substr(head_size_, framed_->size() - head_size_ - kEnd.size());
  }

 private:
  static constexpr std::string_view kEnd = "\r\n";

  std::shared_ptr<const std::string> framed_;
  std::size_t head_size_;
};

}  // namespace guildhall::http
