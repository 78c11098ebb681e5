#include "libs/http/request_parser.h"

#include <catch2/catch.hpp>
#include <cstring>

#include "libs/testing/seeded_random.h"

namespace guildhall::http {
namespace {

constexpr std::string_view kHead =
    "POST /guildhall.gateway.v1.ProbeService/Echo HTTP/1.1\r\nHost: gateway.test:8080\r\n"
    "Content-Type: application/grpc-web+proto\r\nContent-Length: 1031\r\nCookie: a=b; c=d\r\n"
    "X-Grpc-Web: 1\r\nAccept: */*\r\n\r\n";
constexpr std::string_view kChunks = "3;a=\"b\"\r\nabc\r\nA\r\n0123456789\r\n0\r\nX: y\r\n\r\n";
// Half of them are bytes that mean something to a parser.
constexpr std::string_view kTelling = "\r\n :;,\t\0\x7f\x80\xff/%0aA\"\\";

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}
  std::size_t Below(std::size_t n) {
    std::uint32_t value;
    random_.Fill({reinterpret_cast<std::uint8_t*>(&value), sizeof value});
    return value % n;
  }

 private:
  testing::SeededRandom random_;
};

// `text` with a few bytes changed, put in, taken out or doubled.
std::string Mutated(std::string_view text, Chance& chance) {
  std::string out(text);
  for (std::size_t n = 1 + chance.Below(4); n > 0 && !out.empty(); --n) {
    const std::size_t at = chance.Below(out.size());
    const char byte = chance.Below(2) == 0 ? kTelling[chance.Below(kTelling.size())]
                                           : static_cast<char>(chance.Below(256));
    switch (chance.Below(4)) {
      case 0:
        out[at] = byte;
        break;
      case 1:
        out.insert(at, 1, byte);
        break;
      case 2:
        out.erase(at, 1 + chance.Below(4));
        break;
      default:
        out.insert(at, out.substr(at, chance.Below(40)));
    }
  }
  return out;
}

TEST_CASE("a head is read as it stands, names in lower case") {
  std::string text(kHead);
  RequestHead head;
  REQUIRE(ParseHead(text, head) == 0);
  CHECK(head.method == "POST");
  CHECK(head.target == "/guildhall.gateway.v1.ProbeService/Echo");
  CHECK(head.content_length == 1031);
  CHECK(head.keep_alive);
  REQUIRE(head.fields.size() == 6);
  CHECK(head.fields[1].name == "content-type");
  CHECK(head.fields[3].value == "a=b; c=d");
}

TEST_CASE("whatever bytes come, a head is refused or its parts lie in it without line ends") {
  constexpr std::uint64_t kSeed = 20261121;
  CAPTURE(kSeed);
  Chance chance(kSeed);
  RequestHead head;
  int taken = 0;
  for (int i = 0; i < 50'000; ++i) {
    std::string text = Mutated(kHead, chance);
    if (ParseHead(text, head) != 0) continue;
    ++taken;
    bool sound = !head.method.empty() && !head.target.empty();
    for (const Field& field : head.fields) {
      for (const std::string_view part : {field.name, field.value}) {
        sound &= part.empty() || (part.data() >= text.data() &&
                                  part.data() + part.size() <= text.data() + text.size());
        sound &= part.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
      }
    }
    if (!sound) FAIL(text);
  }
  CHECK(taken > 1000);  // else the mutations prove nothing
}

TEST_CASE("a chunked body without a byte is one, also when it comes byte by byte") {
  ChunkReader reader(KiB(1));
  std::string rest, body;
  auto state = ChunkReader::State::kMore;
  for (const char byte : std::string_view("0\r\n\r\n")) {
    REQUIRE(state == ChunkReader::State::kMore);
    rest += byte;
    std::size_t consumed = 0;
    state = reader.Read(rest, consumed, body);
    rest.erase(0, consumed);
  }
  CHECK(state == ChunkReader::State::kDone);
  CHECK((body.empty() && rest.empty()));
}

TEST_CASE("a chunk without a size is refused at once, however little came") {
  ChunkReader reader(KiB(1));
  std::string body;
  std::size_t consumed = 0;
  CHECK(reader.Read("zz\r\n", consumed, body) == ChunkReader::State::kMalformed);
}

TEST_CASE("whatever bytes come, a chunked body that is taken is the same byte by byte") {
  constexpr std::uint64_t kSeed = 20261122;
  CAPTURE(kSeed);
  Chance chance(kSeed);
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = i == 0 ? std::string(kChunks) : Mutated(kChunks, chance);
    std::string whole_body, split_body;
    std::size_t consumed = 0;
    ChunkReader whole(KiB(1));
    const auto at_once = whole.Read(text, consumed, whole_body);
    ChunkReader split(KiB(1));
    auto bytewise = ChunkReader::State::kMore;
    std::string rest;
    for (const char byte : text) {
      rest += byte;
      bytewise = split.Read(rest, consumed, split_body);
      rest.erase(0, consumed);
      if (bytewise != ChunkReader::State::kMore) break;
    }
    // Beast may notice a broken chunk sooner in one way than in the other; never may one way take
    // what the other does not.
    const bool done = at_once == ChunkReader::State::kDone;
    if (done != (bytewise == ChunkReader::State::kDone) || (done && whole_body != split_body)) {
      FAIL(text);
    }
  }
}

}  // namespace
}  // namespace guildhall::http
