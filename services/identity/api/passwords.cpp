#include "services/identity/api/passwords.h"

#include <malloc.h>

#include <utility>

namespace guildhall::identity {
namespace {

// glibc learns from the first freed hash to take blocks of its size out of the arenas, of which
// every worker has one: 19 MiB each stayed with the process for good (measured: 160 MB). A fixed
// threshold has such blocks mapped and given back.
constexpr int kMappedFrom = 1 << 20;

Passwords::Settings WithMappedBlocks(Passwords::Settings settings) {
  mallopt(M_MMAP_THRESHOLD, kMappedFrom);
  return settings;
}

}  // namespace

Passwords::Passwords(Settings settings, Random& random)
    : settings_(WithMappedBlocks(std::move(settings))),
      random_(random),
      gate_(settings_.at_once, settings_.waiting),
      nobodys_(HashPassword("nobody's", NewSalt(), settings_.cost, settings_.pepper)) {}

PasswordHash Passwords::Hash(const PasswordGate::Pass&, std::string_view password) {
  ++hashed_;
  return HashPassword(password, NewSalt(), settings_.cost, settings_.pepper);
}

bool Passwords::Check(const PasswordGate::Pass&, const std::optional<PasswordHash>& hash,
                      std::string_view password) {
  ++hashed_;
  const bool matches = Matches(hash ? *hash : nobodys_, password, settings_.pepper);
  return matches && hash.has_value();
}

bool Passwords::IsOutdated(const PasswordHash& hash) const {
  return identity::IsOutdated(hash, settings_.cost, settings_.pepper);
}

Salt Passwords::NewSalt() {
  Salt salt;
  random_.Fill(salt);
  return salt;
}

}  // namespace guildhall::identity
