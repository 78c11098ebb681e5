#pragma once

#include <string>
#include <string_view>

namespace guildhall::identity {

// Networks, from the client's address ("192.0.2.7" or "2001:db8::7"; an IPv4 address inside an
// IPv6 one counts as IPv4). Empty when the address is missing or no address.

// For people: with the last part cut off, "192.0.2.0/24" or "2001:db8:1::/48".
std::string ShownPlace(std::string_view address);

// For counting attempts: /24, or /56, the smallest that providers commonly give one customer
// (RFC 6177 section 2), so that a customer cannot escape into addresses of its own.
std::string ThrottledPlace(std::string_view address);

}  // namespace guildhall::identity
