#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/base/standing.h"

namespace guildhall::identity {

// An address in the one form in which it is stored and compared: lower case.
//
// Takes what people have: a local part of the characters of RFC 5322 section 3.2.3 without quotes,
// a host name of at least two labels. Addresses beyond ASCII (RFC 6531) are not taken.
// Fails with: FIELD_INVALID on `field`.
absl::StatusOr<std::string> NormalizeEmail(std::string_view field, std::string_view text);

// The part after the @ of a normalized address.
std::string_view DomainOf(std::string_view email);

// EMPLOYEE when the address is in one of `employee_domains` (exactly, without case), else EXTERNAL.
Affiliation AffiliationOf(std::string_view email, const std::vector<std::string>& employee_domains);

}  // namespace guildhall::identity
