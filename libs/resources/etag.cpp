#include "libs/resources/etag.h"

#include "absl/strings/str_cat.h"
#include "guildhall/policy/v1/reasons.h"

namespace guildhall::resources {

std::string Etag(std::int64_t version) { return absl::StrCat("\"v", version, "\""); }

absl::Status CheckEtag(std::string_view etag, std::int64_t version) {
  if (etag.empty() || etag == Etag(version)) return absl::OkStatus();
  return Refusal(policy::reasons::kEtagStale, "It has changed since it was read.");
}

}  // namespace guildhall::resources
