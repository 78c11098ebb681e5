#include "services/gateway/domain/framing.h"

#include <catch2/catch.hpp>

#include "libs/base/strings.h"

namespace guildhall::gateway {
namespace {

TEST_CASE("a trailer frame holds the lines of the status") {
  const std::string frame = TrailerFrame(5, "not%20there", "CAU");
  CHECK(frame.substr(5) ==
        "grpc-status:5\r\ngrpc-message:not%20there\r\ngrpc-status-details-bin:CAU\r\n");
  CHECK(frame.substr(0, 5) == std::string({'\x80', 0, 0, 0, static_cast<char>(frame.size() - 5)}));
}

TEST_CASE("a message is encoded for the wire and read back, whatever it holds") {
  for (const std::string& text : {std::string("plain"), std::string("100 % “true”\r\n"),
                                  std::string("\0\x7f\xff", 3), std::string("%41")}) {
    CHECK(PercentDecode(PercentEncode(text)) == text);
    CHECK(PercentEncode(text).find_first_of("\r\n") == std::string::npos);
  }
  CHECK(PercentDecode("100%") == "100%");
  CHECK(PercentDecode("%4") == "%4");
  CHECK(PercentDecode("%zz") == "%zz");
}

}  // namespace
}  // namespace guildhall::gateway
