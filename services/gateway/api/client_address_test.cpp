#include "services/gateway/api/client_address.h"

#include <catch2/catch.hpp>

namespace guildhall::gateway {
namespace {

TEST_CASE("only trusted proxies are believed about a client's address") {
  const TrustedProxies none = *TrustedProxies::Parse({});
  CHECK(none.ClientAddress("192.0.2.1", "6.6.6.6") == "192.0.2.1");
  const TrustedProxies proxies = *TrustedProxies::Parse({"10.0.0.0/8", "unix"});
  CHECK(proxies.ClientAddress("192.0.2.1", "6.6.6.6") == "192.0.2.1");
  CHECK(proxies.ClientAddress("10.0.0.1", std::nullopt) == "10.0.0.1");
  CHECK(proxies.ClientAddress("10.0.0.1", "192.0.2.7") == "192.0.2.7");
  CHECK(proxies.ClientAddress("unix", "192.0.2.7") == "192.0.2.7");
  // What stands before the last untrusted hop, the client may have written itself.
  CHECK(proxies.ClientAddress("10.0.0.1", "6.6.6.6, 192.0.2.7, 10.1.1.1") == "192.0.2.7");
  CHECK(proxies.ClientAddress("10.0.0.1", "10.1.1.1, 10.2.2.2") == "10.1.1.1");
  CHECK(proxies.ClientAddress("10.0.0.1", "192.0.2.7, nonsense") == "10.0.0.1");
  CHECK(proxies.ClientAddress("10.0.0.1", "") == "10.0.0.1");
}

TEST_CASE("anonymous callers are counted by network") {
  CHECK(NetworkHash("192.0.2.1") == NetworkHash("192.0.2.254"));
  CHECK(NetworkHash("192.0.2.1") != NetworkHash("192.0.3.1"));
  CHECK(NetworkHash("2001:db8:0:100::1") == NetworkHash("2001:db8:0:1ff::2"));
  CHECK(NetworkHash("2001:db8:0:100::1") != NetworkHash("2001:db8:0:200::1"));
}

}  // namespace
}  // namespace guildhall::gateway
