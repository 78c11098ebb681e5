#include "libs/http/ip.h"

#include "libs/base/check.h"
#include "libs/http/address.h"
#include "libs/testing/fuzz/target.h"

namespace guildhall::testing {

// An address as X-Forwarded-For has it, a network, and where to connect.
void TakeInput(std::string_view input) {
  if (const auto address = http::IpAddress::Parse(input)) {
    const auto network = http::IpNetwork::Parse(input);
    GUILDHALL_CHECK(network.ok() && network->Contains(*address));
    GUILDHALL_CHECK(network->first() == *address);
    GUILDHALL_CHECK(http::IpNetwork::Around(*address, 24, 56).Contains(*address));
  }
  if (const auto network = http::IpNetwork::Parse(input); network.ok()) {
    GUILDHALL_CHECK(network->Contains(network->first()));
  }
  if (const auto address = http::ParseAddress(input); address.ok()) {
    const auto again = http::ParseAddress(address->ToString());
    GUILDHALL_CHECK(again.ok() && again->ToString() == address->ToString());
  }
}

}  // namespace guildhall::testing
