#include "libs/feeds/known_facts.h"

#include <algorithm>

namespace guildhall::feeds {
namespace {

using Kind = AccessChange::Kind;

// A session's idle time moves on while it is used: it is asked again before long.
constexpr absl::Duration kAskAgain = absl::Minutes(1);

}  // namespace

std::optional<LiveSession> KnownSessions::Find(SessionId session) {
  if (!lease_.Holds()) return std::nullopt;
  const Session* known = sessions_.Find(session);
  if (known == nullptr || lease_.clock().Monotonic() >= absl::Nanoseconds(known->until)) {
    return std::nullopt;
  }
  return LiveSession{.administrator = known->administrator != 0};
}

void KnownSessions::Keep(SessionId session, const SessionFact& fact) {
  if (!fact.live || !MayKeep(fact.revision)) return;
  const absl::Duration until = lease_.clock().Monotonic() + std::min(fact.remaining, kAskAgain);
  sessions_.Put(session,
                {.until = absl::ToInt64Nanoseconds(until), .administrator = fact.administrator});
}

void KnownSessions::Drop(const AccessChange& change) {
  if (change.kind == Kind::kEverything) sessions_.Clear();
  if (change.kind == Kind::kSession) sessions_.Erase(SessionId(change.subject));
}

std::optional<StandingFact> KnownStandings::Find(MemberId member,
                                                 const std::optional<CommunityId>& community) {
  if (!lease_.Holds()) return std::nullopt;
  const Member* who = members_.Find(member);
  if (who == nullptr) return std::nullopt;
  StandingFact fact{.affiliation = static_cast<Affiliation>(who->affiliation),
                    .community = {},
                    .revision = static_cast<std::int64_t>(who->since)};
  if (!community) return fact;
  const Community* where = communities_.Find(*community);
  if (where == nullptr) return std::nullopt;
  const Pair* pair = pairs_.Find({member, *community});
  if (pair == nullptr || pair->revision < who->since || pair->revision < where->since) {
    return std::nullopt;
  }
  fact.revision = static_cast<std::int64_t>(pair->revision);
  fact.community = {.exists = true,
                    .visibility = static_cast<Visibility>(where->visibility),
                    .admits = static_cast<Admits>(where->admits),
                    .role = static_cast<Role>(pair->role),
                    .owns_ancestor = pair->owns_ancestor != 0,
                    .banned = pair->banned != 0,
                    .archived = where->archived != 0,
                    .muted = pair->muted != 0};
  return fact;
}

void KnownStandings::Keep(MemberId member, const std::optional<CommunityId>& community,
                          const StandingFact& fact) {
  if (fact.affiliation == Affiliation::kNone || !MayKeep(fact.revision)) return;
  const auto revision = static_cast<std::uint64_t>(fact.revision);
  // One that is known stays as it is: no change has touched it, and its pairs still count.
  if (members_.Find(member) == nullptr) {
    members_.Put(member,
                 {.since = revision, .affiliation = static_cast<std::uint64_t>(fact.affiliation)});
  }
  const access::CommunityFacts& told = fact.community;
  if (!community || !told.exists) return;
  if (communities_.Find(*community) == nullptr) {
    communities_.Put(*community, {.since = revision,
                                  .visibility = static_cast<std::uint64_t>(told.visibility),
                                  .admits = static_cast<std::uint64_t>(told.admits),
                                  .archived = told.archived});
  }
  pairs_.Put({member, *community}, {.revision = revision,
                                    .role = static_cast<std::uint64_t>(told.role),
                                    .owns_ancestor = told.owns_ancestor,
                                    .banned = told.banned,
                                    .muted = told.muted});
}

void KnownStandings::Drop(const AccessChange& change) {
  switch (change.kind) {
    case Kind::kEverything:
      members_.Clear();
      communities_.Clear();
      pairs_.Clear();
      break;
    case Kind::kMember:
      members_.Erase(MemberId(change.subject));
      break;
    case Kind::kCommunity:
      communities_.Erase(CommunityId(change.subject));
      break;
    case Kind::kMembership:
      pairs_.Erase({MemberId(change.subject), CommunityId(change.object)});
      break;
    case Kind::kSession:
      break;
  }
}

}  // namespace guildhall::feeds
