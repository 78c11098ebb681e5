#include "libs/service/addresses.h"

#include "absl/strings/str_cat.h"
#include "libs/base/strings.h"
#include "libs/http/address.h"

namespace guildhall::service {

absl::Status CheckAddresses(std::string_view setting, std::string_view addresses) {
  const auto parsed = http::ParseAddresses(addresses);
  if (!parsed.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("The setting ", Absl(setting), ": ", parsed.status().message()));
  }
  if (!parsed->empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("The setting ", Absl(setting),
                                                 " is empty: write where that is, unix:/path or "
                                                 "host:port, several separated by commas."));
}

}  // namespace guildhall::service
