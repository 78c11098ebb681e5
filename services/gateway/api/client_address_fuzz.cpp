#include "services/gateway/api/client_address.h"

#include "libs/base/check.h"
#include "libs/testing/fuzz/target.h"

namespace guildhall::testing {

// X-Forwarded-For, as a client and proxies wrote it.
void TakeInput(std::string_view input) {
  constexpr char kProxy[] = "10.0.0.1";
  static const auto trusted = gateway::TrustedProxies::Parse({"10.0.0.0/8", "fd00::/8", "unix"});
  GUILDHALL_CHECK(trusted.ok());
  const std::string client = trusted->ClientAddress(kProxy, input);
  GUILDHALL_CHECK(client == kProxy || http::IpAddress::Parse(client));
  gateway::NetworkHash(client);
  // Whom nobody trusts is who it is, whatever it says.
  GUILDHALL_CHECK(trusted->ClientAddress("192.0.2.1", input) == "192.0.2.1");
}

}  // namespace guildhall::testing
