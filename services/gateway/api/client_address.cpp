#include "services/gateway/api/client_address.h"

#include <algorithm>

#include "absl/hash/hash.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"

namespace guildhall::gateway {
namespace {

constexpr std::string_view kUnix = "unix";

}  // namespace

absl::StatusOr<TrustedProxies> TrustedProxies::Parse(const std::vector<std::string>& texts) {
  TrustedProxies proxies;
  for (const std::string& text : texts) {
    if (text == kUnix) {
      proxies.unix_ = true;
      continue;
    }
    GUILDHALL_ASSIGN(http::IpNetwork network, http::IpNetwork::Parse(text));
    proxies.networks_.push_back(std::move(network));
  }
  return proxies;
}

bool TrustedProxies::Trusts(std::string_view peer) const {
  if (peer == kUnix) return unix_;
  const auto address = http::IpAddress::Parse(peer);
  return address && std::any_of(networks_.begin(), networks_.end(),
                                [&](const auto& network) { return network.Contains(*address); });
}

std::string TrustedProxies::ClientAddress(std::string_view peer,
                                          std::optional<std::string_view> forwarded_for) const {
  std::string client(peer);
  if (!forwarded_for || (networks_.empty() && !unix_)) return client;
  const std::vector<absl::string_view> hops = absl::StrSplit(Absl(*forwarded_for), ',');
  for (auto hop = hops.rbegin(); hop != hops.rend() && Trusts(client); ++hop) {
    const std::string_view address = Std(absl::StripAsciiWhitespace(*hop));
    if (!http::IpAddress::Parse(address)) break;
    client = address;
  }
  return client;
}

std::uint64_t NetworkHash(std::string_view address) {
  const auto ip = http::IpAddress::Parse(address);
  if (!ip) return absl::HashOf(Absl(address));
  return absl::HashOf(http::IpNetwork::Around(*ip, 24, 56).first().bytes);
}

}  // namespace guildhall::gateway
