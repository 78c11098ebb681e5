#include "services/identity/store/place.h"

#include <catch2/catch.hpp>

namespace guildhall::identity {
namespace {

TEST_CASE("a place is an address with its last part cut off") {
  CHECK(ShownPlace("192.0.2.77") == "192.0.2.0/24");
  CHECK(ShownPlace("2001:db8:1:2:3:4:5:6") == "2001:db8:1::/48");
  CHECK(ThrottledPlace("192.0.2.77") == "192.0.2.0/24");
  CHECK(ThrottledPlace("2001:db8:1:2ab:3:4:5:6") == "2001:db8:1:200::/56");
}

TEST_CASE("L-02: an IPv4 address is the same place in IPv6 clothes") {
  CHECK(ThrottledPlace("::ffff:192.0.2.77") == "192.0.2.0/24");
}

TEST_CASE("what is no address is no place") {
  for (const char* text : {"", "unix", "192.0.2", "192.0.2.7:80", "[::1]", "fe80::1%eth0"}) {
    CHECK(ShownPlace(text).empty());
  }
}

}  // namespace
}  // namespace guildhall::identity
