#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "libs/access/service_token.h"
#include "libs/base/clock.h"
#include "libs/base/deadline.h"
#include "libs/http/ticker.h"
#include "libs/http/upstream.h"
#include "services/gateway/clients/unary.h"
#include "services/gateway/domain/session_cache.h"

namespace guildhall::gateway {

// SHA-256; cost about 0.4 us.
SecretDigest DigestOf(std::string_view secret);

// Exchanges secrets of sessions for the tokens that services take: identity's IssueTokens with a
// cache in front and one exchange at a time for each session. On the loop.
//
// Tokens in the cache are renewed in the background before they expire. A session that has ended
// is not remembered: asking again costs identity one indexed read, and callers without a known
// session are limited by their address.
class Sessions {
 public:
  using Tokens = std::shared_ptr<const SessionTokens>;

  // Who waits for an exchange.
  class Waiter {
   public:
    // The tokens, or SESSION_ENDED, UPSTREAM_AWAY or DEADLINE_PASSED.
    virtual void OnTokens(absl::StatusOr<Tokens> tokens) = 0;

   protected:
    ~Waiter() = default;
  };

  struct Options {
    std::vector<std::string> audiences;  // of every exchange
    std::size_t capacity = 8192;
  };

  Sessions(http::Loop& loop, http::Upstream& identity, access::ServiceKey key, Options options,
           const Clock& clock);

  // The tokens at hand, or null.
  Tokens Cached(std::string_view secret, const SecretDigest& digest);

  // Tells `waiter` later, at its deadline at the latest, unless it leaves.
  void Exchange(std::string_view secret, const SecretDigest& digest, Deadline deadline,
                Waiter& waiter);
  void Leave(const SecretDigest& digest, Waiter& waiter);

  // Forgets the tokens of a session that may have ended; what is under way is not kept either.
  void Drop(const SecretDigest& digest);

  // Forgets these tokens of a session, which a service did not take; newer ones stay.
  void Drop(const SecretDigest& digest, const Tokens& tokens) { cache_.Drop(digest, *tokens); }

  std::size_t cached() const { return cache_.size(); }

 private:
  struct Waiting {
    Waiter* waiter;
    Deadline deadline;
  };
  struct Flight {
    std::vector<Waiting> waiting;
    std::unique_ptr<UnaryCall> call;
    bool dropped = false;
  };

  Flight& Begin(std::string_view secret, const SecretDigest& digest);
  void Land(const SecretDigest& digest, absl::StatusOr<std::string> reply);
  absl::StatusOr<Tokens> Read(const absl::StatusOr<std::string>& reply) const;
  void SweepDeadlines();
  const std::string& ServiceToken();

  http::Loop& loop_;
  http::Upstream& identity_;
  const access::ServiceKey key_;
  const Options options_;
  const Clock& clock_;
  SessionCache cache_;
  absl::flat_hash_map<SecretDigest, std::unique_ptr<Flight>, DigestHash> flights_;
  std::unique_ptr<http::Ticker> ticker_;  // while somebody waits
  std::string service_token_;
  absl::Time service_token_until_ = absl::InfinitePast();
};

}  // namespace guildhall::gateway
