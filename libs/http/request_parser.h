#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/bytes.h"
#include "libs/http/message.h"

namespace guildhall::http {

// The start and the fields of a request, read strictly (RFC 9112): what two readers could take for
// different requests is refused, so that no proxy in front can be made to smuggle one.
struct RequestHead {
  std::string_view method;
  std::string_view target;
  std::vector<Field> fields;
  bool http_1_1 = true;
  bool keep_alive = true;
  bool expects_continue = false;
  bool chunked = false;
  std::uint64_t content_length = 0;
};

// Reads `text`, a whole head up to and with its empty line, into `head` and writes the names of its
// fields in lower case. The views point into `text`.
//
// Returns 0, or the HTTP status that says what is wrong: 400, 417, 501 (a transfer coding other
// than chunked) or 505. Refused beside what the grammar refuses: Content-Length together with
// Transfer-Encoding or twice, Transfer-Encoding in HTTP/1.0, folded lines, zero or two Host fields.
int ParseHead(std::span<char> text, RequestHead& head);

// Takes chunked framing off a body (RFC 9112 section 7.1). Extensions and trailers are dropped.
class ChunkReader {
 public:
  explicit ChunkReader(Bytes max_body);
  ~ChunkReader();

  enum class State { kMore, kDone, kMalformed, kTooLarge };

  // Reads on in `input`, appends data to `body` and sets `consumed`; what was not consumed comes
  // again in front of the next input.
  State Read(std::string_view input, std::size_t& consumed, std::string& body);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::http
