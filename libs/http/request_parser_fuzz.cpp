#include "libs/http/request_parser.h"

#include <algorithm>

#include "libs/base/check.h"
#include "libs/testing/fuzz/target.h"

namespace guildhall::http {
namespace {

constexpr std::string_view kEndOfHead = "\r\n\r\n";
// As ServerLimits has them.
constexpr std::size_t kLongestHead = 16 << 10;
constexpr Bytes kMaxBody = MiB(4);

bool LiesIn(std::string_view part, std::string_view whole) {
  return part.empty() || (part.data() >= whole.data() && part.end() <= whole.end());
}

bool IsLine(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

void CheckFields(const RequestHead& head, std::string_view text) {
  int hosts = 0, framings = 0;
  for (const Field& field : head.fields) {
    GUILDHALL_CHECK(LiesIn(field.name, text) && LiesIn(field.value, text));
    GUILDHALL_CHECK(!field.name.empty() && IsLine(field.name) && IsLine(field.value));
    GUILDHALL_CHECK(std::ranges::none_of(field.name, [](char c) { return c >= 'A' && c <= 'Z'; }));
    hosts += field.name == "host";
    framings += field.name == "content-length" || field.name == "transfer-encoding";
  }
  // What two readers could take for different requests.
  GUILDHALL_CHECK(hosts <= 1 && (hosts == 1 || !head.http_1_1));
  GUILDHALL_CHECK(framings <= 1);
  GUILDHALL_CHECK(!head.chunked || (head.content_length == 0 && head.http_1_1));
}

std::string Written(const RequestHead& head) {
  std::string text(head.method);
  text.append(" ").append(head.target).append(head.http_1_1 ? " HTTP/1.1" : " HTTP/1.0");
  for (const Field& field : head.fields) {
    text.append("\r\n").append(field.name).append(": ").append(field.value);
  }
  return text.append(kEndOfHead);
}

void CheckSame(const RequestHead& a, const RequestHead& b) {
  GUILDHALL_CHECK(a.method == b.method && a.target == b.target);
  GUILDHALL_CHECK(a.http_1_1 == b.http_1_1 && a.keep_alive == b.keep_alive);
  GUILDHALL_CHECK(a.expects_continue == b.expects_continue && a.chunked == b.chunked);
  GUILDHALL_CHECK(a.content_length == b.content_length);
  GUILDHALL_CHECK(std::ranges::equal(a.fields, b.fields, [](const Field& x, const Field& y) {
    return x.name == y.name && x.value == y.value;
  }));
}

void TakeHead(std::string text) {
  RequestHead head;
  const int status = ParseHead(text, head);
  if (status != 0) {
    GUILDHALL_CHECK(status == 400 || status == 417 || status == 501 || status == 505);
    return;
  }
  CheckFields(head, text);
  std::string written = Written(head);
  RequestHead again;
  GUILDHALL_CHECK(ParseHead(written, again) == 0);
  CheckSame(head, again);
}

struct Unframed {
  ChunkReader::State state = ChunkReader::State::kMore;
  std::string body;
  std::size_t consumed = 0;

  bool operator==(const Unframed&) const = default;
};

// As a connection reads it that gets so many bytes at a time.
Unframed Read(std::string_view framed, std::size_t step) {
  ChunkReader reader(kMaxBody);
  Unframed read;
  std::string rest;
  while (read.state == ChunkReader::State::kMore && !framed.empty()) {
    rest.append(framed.substr(0, step));
    framed.remove_prefix(std::min(step, framed.size()));
    std::size_t consumed = 0;
    read.state = reader.Read(rest, consumed, read.body);
    GUILDHALL_CHECK(consumed <= rest.size());
    rest.erase(0, consumed);
    read.consumed += consumed;
    // Where a connection gives up.
    if (rest.size() > kLongestHead) break;
  }
  return read;
}

// A body is the same however it comes in.
void TakeChunks(std::string_view framed) {
  constexpr std::size_t kInPieces = 2 << 10;
  const Unframed whole = Read(framed, std::max<std::size_t>(framed.size(), 1));
  GUILDHALL_CHECK(whole.body.size() <= Count(kMaxBody));
  if (framed.size() > kInPieces) return;
  for (const std::size_t step : {1, 2, 7}) {
    const Unframed pieces = Read(framed, step);
    // What is broken may be noticed sooner in one way than in the other; none takes it.
    const bool done = whole.state == ChunkReader::State::kDone;
    GUILDHALL_CHECK(done == (pieces.state == ChunkReader::State::kDone));
    GUILDHALL_CHECK(!done || pieces == whole);
  }
}

}  // namespace
}  // namespace guildhall::http

// A head, and chunks behind it.
void guildhall::testing::TakeInput(std::string_view input) {
  const std::size_t found = input.find(http::kEndOfHead);
  const std::size_t end = found == std::string_view::npos ? 0 : found + http::kEndOfHead.size();
  if (end > 0 && end <= http::kLongestHead) http::TakeHead(std::string(input.substr(0, end)));
  http::TakeChunks(input.substr(end));
}
