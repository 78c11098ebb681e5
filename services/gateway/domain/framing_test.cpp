#include "services/gateway/domain/framing.h"

#include <catch2/catch.hpp>

#include "guildhall/gateway/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/strings.h"

namespace guildhall::gateway {
namespace {

std::string Framed(const std::string& message, char flags = 0) {
  const auto head = FrameHead(message.size());
  std::string frame = std::string(head.data(), head.size()) + message;
  frame[0] = flags;
  return frame;
}

TEST_CASE("a frame is a byte of flags, four bytes of length and the message") {
  const auto head = FrameHead(0x01020304);
  CHECK(std::string(head.data(), head.size()) == std::string({0, 1, 2, 3, 4}));
  for (const std::string& message : {std::string(), std::string("x"), std::string(70'000, 'x')}) {
    CHECK(*MessageIn(Framed(message)) == message);
  }
}

TEST_CASE("a request is exactly one frame") {
  const std::string whole = Framed("four");
  for (const std::string& body :
       {std::string(), std::string(4, '\0'), whole.substr(0, whole.size() - 1), whole + "x",
        whole + whole, Framed("four", 2), Framed("four", '\x80')}) {
    CHECK(Is(MessageIn(body).status(), reasons::kFrameMalformed));
  }
}

TEST_CASE("a message that is compressed is refused as such") {
  CHECK(Is(MessageIn(Framed("four", 1)).status(), reasons::kEncodingUnsupported));
}

TEST_CASE("a stream of Connect ends with what went wrong") {
  const std::string frame = ConnectEndFrame("{}");
  CHECK(frame == std::string({2, 0, 0, 0, 12}) + "{\"error\":{}}");
}

TEST_CASE("a trailer frame holds the lines of the status") {
  const std::string frame = TrailerFrame(5, "not%20there", "CAU");
  CHECK(frame.substr(5) ==
        "grpc-status:5\r\ngrpc-message:not%20there\r\ngrpc-status-details-bin:CAU\r\n");
  CHECK(frame.substr(0, 5) == std::string({'\x80', 0, 0, 0, static_cast<char>(frame.size() - 5)}));
}

TEST_CASE("an empty message and no details are left out of the trailers") {
  CHECK(TrailerFrame(0, "", "").substr(5) == "grpc-status:0\r\n");
}

TEST_CASE("a message is encoded for the wire and read back, whatever it holds") {
  for (const std::string& text : {std::string("plain"), std::string("100 % “true”\r\n"),
                                  std::string("\0\x7f\xff", 3), std::string("%41")}) {
    CHECK(PercentDecode(PercentEncode(text)) == text);
    CHECK(PercentEncode(text).find_first_of("\r\n") == std::string::npos);
  }
  CHECK(PercentEncode(" ~%\x1f\x7f") == " ~%25%1F%7F");
  CHECK(PercentDecode("%c3%A9") == "é");
  CHECK(PercentDecode("100%") == "100%");
  CHECK(PercentDecode("%4") == "%4");
  CHECK(PercentDecode("%zz") == "%zz");
  CHECK(PercentDecode("%4g%g4%@4%4@%`4%:4%/4") == "%4g%g4%@4%4@%`4%:4%/4");
}

TEST_CASE("a text body is base64 in pieces, each of which may end with padding") {
  CHECK(*DecodeText("") == "");
  CHECK(*DecodeText("Zm91cg==") == "four");
  CHECK(*DecodeText("Zm91cg==Zm91cg==c2l4dHk1") == "fourfoursixty5");
  for (const char* body :
       {"####", "Zm91c", "Zm91cg", "Zm91cg=", "Zm91cg===", "Zm91\ncg==", "====", "Zg==Zg"}) {
    INFO(body);
    CHECK(Is(DecodeText(body).status(), reasons::kFrameMalformed));
  }
}

}  // namespace
}  // namespace guildhall::gateway
