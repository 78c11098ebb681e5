#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

#include "absl/time/time.h"
#include "libs/access/facts.h"
#include "libs/base/clock.h"
#include "libs/feeds/access_changes.h"
#include "libs/feeds/bounded_map.h"

namespace guildhall::feeds {

// Until when what is known of one owner's facts may be decided from, and up to which of its changes
// that has been applied.
class Lease {
 public:
  explicit Lease(const Clock& clock = SystemClock()) : clock_(clock) {}

  bool Holds() const { return clock_.Monotonic() < until_; }
  std::int64_t applied() const { return applied_; }
  const Clock& clock() const { return clock_; }

  void Renew(absl::Duration until) { until_ = until; }
  void Apply(std::int64_t revision) { applied_ = revision; }

 private:
  const Clock& clock_;
  absl::Duration until_;  // monotonic
  std::int64_t applied_ = -1;
};

// What a watch keeps up to date. All of one thread: the queue's.
class Known {
 public:
  virtual ~Known() = default;

  Lease& lease() { return lease_; }
  // Takes notice of a change: what it is about has to be asked anew.
  void Forget(const AccessChange& change) {
    Drop(change);
    if (observer_) observer_(change);
  }
  // Who hears of each change once it is forgotten what it is about, on the same thread: for those
  // who act on a fact for long. One at most.
  void Observe(std::function<void(const AccessChange&)> observer) {
    observer_ = std::move(observer);
  }

 protected:
  explicit Known(const Clock& clock) : lease_(clock) {}

  // Whether facts that were read at `revision` may be kept: a change that was applied already may
  // have outdated older ones.
  bool MayKeep(std::int64_t revision) const {
    return lease_.Holds() && revision >= lease_.applied();
  }

  Lease lease_;

 private:
  virtual void Drop(const AccessChange& change) = 0;

  std::function<void(const AccessChange&)> observer_;
};

// A session as identity knew it.
struct SessionFact {
  bool live = false;
  absl::Duration remaining;   // until it runs out by itself
  std::int64_t revision = 0;  // of identity's facts when it was read
  bool administrator = false;
};

// What is known of a session that lives.
struct LiveSession {
  bool administrator = false;
};

// Sessions that were told to live. Bounded to kMost slots of 32 bytes.
class KnownSessions final : public Known {
 public:
  static constexpr std::size_t kMost = 200'000;

  explicit KnownSessions(const Clock& clock = SystemClock()) : Known(clock) {}

  // Nothing when the session is not known to live: it has to be asked. Cost: one look-up.
  std::optional<LiveSession> Find(SessionId session);
  void Keep(SessionId session, const SessionFact& fact);

 private:
  void Drop(const AccessChange& change) override;

  // In 8 bytes.
  struct Session {
    std::int64_t until : 63;  // monotonic, nanoseconds
    std::uint64_t administrator : 1;
  };
  static_assert(sizeof(Session) == 8);

  BoundedMap<SessionId, Session> sessions_{kMost};
};

// What directory knew of a member and, when one was asked for, a community.
struct StandingFact {
  Affiliation affiliation = Affiliation::kNone;
  access::CommunityFacts community;
  std::int64_t revision = 0;  // of directory's facts when it was read
};

// How members stand to communities. Bounded: kMostPairs slots of 48 bytes hold a million pairs,
// members and communities beside, 32 bytes each. A member or a community that was changed takes all
// its pairs along: each pair says at which revision it was read, and counts if its member and
// community count since then.
class KnownStandings final : public Known {
 public:
  static constexpr std::size_t kMostPairs = 1'750'000;
  static constexpr std::size_t kMostMembers = 200'000;
  static constexpr std::size_t kMostCommunities = 50'000;

  explicit KnownStandings(const Clock& clock = SystemClock()) : Known(clock) {}

  // Nothing when it has to be asked. Cost: three look-ups.
  std::optional<StandingFact> Find(MemberId member, const std::optional<CommunityId>& community);
  // Keeps what exists; that something does not exist is asked each time.
  void Keep(MemberId member, const std::optional<CommunityId>& community, const StandingFact& fact);

 private:
  void Drop(const AccessChange& change) override;

  // Each in 8 bytes. Revisions are numbered from 0 on and never reach 2^48.
  struct Member {
    std::uint64_t since : 48;  // pairs that were read before do not count
    std::uint64_t affiliation : 8;
  };
  struct Community {
    std::uint64_t since : 48;
    std::uint64_t visibility : 8;
    std::uint64_t admits : 7;
    std::uint64_t archived : 1;
  };
  struct Pair {
    std::uint64_t revision : 48;
    std::uint64_t role : 8;
    std::uint64_t owns_ancestor : 1;
    std::uint64_t banned : 1;
    std::uint64_t muted : 1;
  };
  static_assert(sizeof(Community) == 8 && sizeof(Pair) == 8);
  using PairKey = std::pair<MemberId, CommunityId>;

  BoundedMap<MemberId, Member> members_{kMostMembers};
  BoundedMap<CommunityId, Community> communities_{kMostCommunities};
  BoundedMap<PairKey, Pair> pairs_{kMostPairs};
};

}  // namespace guildhall::feeds
