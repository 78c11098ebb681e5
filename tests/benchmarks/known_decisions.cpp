// What a decision from known facts costs, with a million standings known: look-ups and Decide, in a
// random order that no cache of the processor holds.
//
// Prints nanoseconds per decision and MiB that the standings take.
#include <malloc.h>

#include <cstdio>
#include <vector>

#include "libs/access/decide.h"
#include "libs/base/check.h"
#include "libs/feeds/known_facts.h"

namespace {

using namespace guildhall;  // NOLINT: a program of one page

constexpr int kMembers = 20'000;
constexpr int kCommunities = 50;  // of each member
constexpr int kAllCommunities = 5'000;
constexpr int kDecisions = 2'000'000;

template <typename Id>
Id MakeId(std::uint64_t n) {
  Uuid uuid;
  n *= 0x9e3779b97f4a7c15U;
  for (int i = 0; i < 8; ++i) uuid.bytes[i] = uuid.bytes[15 - i] = n >> (8 * i);
  return Id(uuid);
}

std::size_t InUse() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

}  // namespace

int main() {
  const std::size_t before = InUse();
  feeds::KnownSessions sessions;
  feeds::KnownStandings standings;
  for (feeds::Known* known :
       {static_cast<feeds::Known*>(&sessions), static_cast<feeds::Known*>(&standings)}) {
    known->lease().Apply(1);
    known->lease().Renew(absl::InfiniteDuration());
  }
  std::vector<std::pair<MemberId, CommunityId>> pairs;
  for (int m = 0; m < kMembers; ++m) {
    for (int c = 0; c < kCommunities; ++c) {
      pairs.emplace_back(MakeId<MemberId>(m),
                         MakeId<CommunityId>((m * 31 + c * 97) % kAllCommunities));
    }
  }
  const feeds::StandingFact fact{
      Affiliation::kEmployee,
      {.exists = true, .visibility = Visibility::kClosed, .role = Role::kMember},
      1};
  // Again, because a table that grows forgets.
  for (int round = 0; round < 4; ++round) {
    for (int m = 0; m < kMembers; ++m)
      sessions.Keep(MakeId<SessionId>(m), {true, absl::Hours(1), 1});
    for (const auto& [member, community] : pairs) standings.Keep(member, community, fact);
  }
  const double mib =
      static_cast<double>(InUse() - before - pairs.capacity() * sizeof(pairs.front())) / (1 << 20);

  std::uint64_t at = 1;
  int allowed = 0;
  const absl::Duration start = SystemClock().Monotonic();
  for (int i = 0; i < kDecisions; ++i) {
    at = at * 6364136223846793005U + 1442695040888963407U;
    const std::size_t n = (at >> 33) % pairs.size();
    const auto& [member, community] = pairs[n];
    if (!sessions.Find(MakeId<SessionId>(n / kCommunities))) continue;
    const auto fact = standings.Find(member, community);
    if (!fact) continue;
    allowed += access::Decide(access::Permission::kContentRead, {member, {true, fact->affiliation}},
                              &fact->community, nullptr) == access::Decision::kAllow;
  }
  const absl::Duration took = SystemClock().Monotonic() - start;
  GUILDHALL_CHECK(allowed > kDecisions * 0.97);
  std::printf("%.0f %.1f\n", absl::ToDoubleNanoseconds(took) / kDecisions, mib);
}
