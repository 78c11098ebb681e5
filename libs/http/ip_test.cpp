#include "libs/http/ip.h"

#include <catch2/catch.hpp>

namespace guildhall::http {
namespace {

IpAddress Ip(std::string_view text) { return *IpAddress::Parse(text); }

TEST_CASE("an address has one value whichever way it is written") {
  CHECK(Ip("127.0.0.1") == Ip("::ffff:127.0.0.1"));
  CHECK(Ip("2001:db8::1") == Ip("2001:0db8:0:0:0:0:0:1"));
  CHECK(Ip("127.0.0.1").IsV4());
  CHECK_FALSE(Ip("::1").IsV4());
  for (const auto* text : {"", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.4:80", "[::1]",
                           "fe80::1%eth0", "localhost", " 1.2.3.4"}) {
    INFO(text);
    CHECK_FALSE(IpAddress::Parse(text));
  }
  CHECK_FALSE(IpAddress::Parse(std::string_view("1.2.3.4\0.5", 9)));
}

TEST_CASE("a network holds the addresses that share its bits") {
  const IpNetwork ten = *IpNetwork::Parse("10.0.0.0/8");
  CHECK(ten.Contains(Ip("10.255.1.2")));
  CHECK_FALSE(ten.Contains(Ip("11.0.0.0")));
  CHECK(IpNetwork::Parse("0.0.0.0/0")->Contains(Ip("8.8.8.8")));
  CHECK_FALSE(IpNetwork::Parse("0.0.0.0/0")->Contains(Ip("::1")));
  CHECK(IpNetwork::Parse("192.0.2.7")->Contains(Ip("192.0.2.7")));
  CHECK_FALSE(IpNetwork::Parse("192.0.2.7")->Contains(Ip("192.0.2.6")));
  CHECK(IpNetwork::Parse("fd00::/12")->Contains(Ip("fd0f::1")));
  CHECK_FALSE(IpNetwork::Parse("fd00::/12")->Contains(Ip("fd10::1")));
  for (const auto* text : {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "/8", "x"}) {
    INFO(text);
    CHECK_FALSE(IpNetwork::Parse(text).ok());
  }
}

TEST_CASE("neighbours share a network") {
  CHECK(IpNetwork::Around(Ip("192.0.2.7"), 24, 56).first() == Ip("192.0.2.0"));
  CHECK(IpNetwork::Around(Ip("2001:db8:1:2ff::7"), 24, 56).first() == Ip("2001:db8:1:200::"));
}

}  // namespace
}  // namespace guildhall::http
