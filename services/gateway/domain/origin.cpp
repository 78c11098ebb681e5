#include "services/gateway/domain/origin.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "libs/base/strings.h"

namespace guildhall::gateway {

bool OriginPolicy::IsOwn(std::string_view origin, std::string_view host) const {
  const std::string_view scheme = https_ ? "https://" : "http://";
  return !host.empty() && origin.starts_with(scheme) &&
         absl::EqualsIgnoreCase(Absl(origin.substr(scheme.size())), Absl(host));
}

bool OriginPolicy::IsAllowed(std::string_view origin) const {
  return std::find(allowed_.begin(), allowed_.end(), origin) != allowed_.end();
}

bool OriginPolicy::Allows(std::string_view origin, std::string_view host) const {
  return IsOwn(origin, host) || IsAllowed(origin);
}

OriginPolicy::Verdict OriginPolicy::Judge(const Provenance& provenance) const {
  if (provenance.cookie && !provenance.custom_header) return Verdict::kRefused;
  if (provenance.origin) {
    if (IsOwn(*provenance.origin, provenance.host)) return Verdict::kOwn;
    return IsAllowed(*provenance.origin) ? Verdict::kCross : Verdict::kRefused;
  }
  if (!provenance.cookie) return Verdict::kOwn;
  const std::string_view site = provenance.fetch_site.value_or("");
  return site == "same-origin" || site == "none" ? Verdict::kOwn : Verdict::kRefused;
}

}  // namespace guildhall::gateway
