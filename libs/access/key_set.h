#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/es256.h"

namespace guildhall::access {

// The public keys by which tokens are verified, kept fresh from their owner. Thread-safe.
//
// Keys are published before they sign (identity keeps a next one), so a token under an unknown key
// is refused at once; nobody can make this fetch more often than kFetchEvery. When the owner is
// away, the last good keys stay.
class KeySet {
 public:
  using Fetched = std::function<void(absl::StatusOr<std::vector<PublicKey>>)>;
  // Asks the owner for the keys and hands them to `Fetched`, once, on any thread, also after the
  // KeySet is gone. Must not block.
  using Fetch = std::function<void(Fetched)>;

  // How long keys are used before the owner is asked again, and how soon after a failure.
  static constexpr absl::Duration kFetchEvery = absl::Minutes(1);
  static constexpr absl::Duration kFetchAgain = absl::Seconds(1);

  // Without `fetch` the keys are those given to Replace.
  explicit KeySet(Fetch fetch = nullptr);

  // Puts `keys` in place of the present ones. One that is malformed is left out.
  void Replace(std::span<const PublicKey> keys);

  // Starts a fetch when one is due at `monotonic` (Clock::Monotonic) and none runs. Never blocks.
  void RefreshIfDue(absl::Duration monotonic);

  // Null when no key has this id.
  std::shared_ptr<const VerifyingKey> Find(std::string_view key_id) const;

  // Whether keys have ever arrived.
  bool loaded() const;

  // Changes whenever a key is dropped: what was verified before counts no more.
  std::uint64_t generation() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
  Fetch fetch_;
};

}  // namespace guildhall::access
