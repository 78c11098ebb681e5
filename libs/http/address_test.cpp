#include "libs/http/address.h"

#include <catch2/catch.hpp>

namespace guildhall::http {
namespace {

TEST_CASE("an address is a socket file, a host or a literal with its port") {
  CHECK(ParseAddress("unix:/run/x.sock")->unix_path == "/run/x.sock");
  CHECK(ParseAddress("directory.svc:8081")->host == "directory.svc");
  CHECK(ParseAddress("[::1]:80")->host == "::1");
  CHECK(ParseAddress("[::1]:80")->ToString() == "[::1]:80");
  CHECK(ParseAddresses("unix:/a, 127.0.0.1:1,")->size() == 2);
  CHECK(ParseAddresses("")->empty());
}

TEST_CASE("what is no address is refused with the three spellings") {
  for (const auto* text : {"", ":80", "host", "host:", "host:x", "host:65536", "host:-1", "::1:80",
                           "unix:relative", "unix:"}) {
    INFO(text);
    const auto address = ParseAddress(text);
    REQUIRE_FALSE(address.ok());
    CHECK(address.status().message().find("host:port") != std::string::npos);
  }
  CHECK_FALSE(ParseAddress("unix:/" + std::string(107, 'x')).ok());
}

}  // namespace
}  // namespace guildhall::http
