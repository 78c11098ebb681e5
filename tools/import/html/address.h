#pragma once

#include <string>
#include <string_view>

// Addresses as the Markdown of discussions has them.

namespace guildhall::html {

// Whether discussions makes a link of it (services/discussions/domain/address.h): http, https or
// mailto, in any case, and something behind.
bool IsLinkable(std::string_view address);

// The address where Markdown has that of a link, `](…)`: brackets, spaces and what else would end
// or change it are percent-encoded. References ("&amp;") stay, which Markdown decodes as HTML does.
std::string Destination(std::string_view address);

}  // namespace guildhall::html
