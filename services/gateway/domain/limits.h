#pragma once

namespace guildhall::gateway {

// What the gateway's own methods take; each is told in the contract.

// Members, communities and posts that a search for everything answers, of each: what fits beside
// each other on a page.
inline constexpr int kUsualSearchQuota = 5;
inline constexpr int kMaxSearchQuota = 20;
// What SearchPosts takes.
inline constexpr int kMaxSearchedCommunities = 100;

// Communities that a stream may be limited to: as many as a feed takes.
inline constexpr int kMaxStreamedCommunities = 200;

}  // namespace guildhall::gateway
