#pragma once

#include "absl/time/time.h"
#include "libs/base/text.h"

namespace guildhall::directory {

// What directory takes. Each limit is told in the contract; each refusal names the field.

// Longer names do not fit a line of any client; peers take 50 (Discourse) to 128 (Mattermost).
inline constexpr TextRule kDisplayName{.min_length = 1, .max_length = 100};
inline constexpr TextRule kHeadline{.max_length = 200};
// Where a member works, or a community is.
inline constexpr TextRule kLocation{.max_length = 100};
inline constexpr TextRule kDescription{.max_length = 2000, .shape = TextRule::kLines};

// Why somebody was banned or muted: a few sentences.
inline constexpr TextRule kSanctionReason{.max_length = 500, .shape = TextRule::kLines};

// Why words were taken out of a profile: as long, and never left out.
inline constexpr TextRule kRemovalReason{
    .min_length = 1, .max_length = 500, .shape = TextRule::kLines};

// What a charter says. A welcome is read by whoever comes: a page at most.
inline constexpr TextRule kPurpose = kDescription;
inline constexpr TextRule kCadence{.max_length = 200};
inline constexpr TextRule kWelcome{.max_length = 4000, .shape = TextRule::kLines};

// Leads that a charter names: whom to turn to, not who is who.
inline constexpr int kMaxLeads = 10;

// Why somebody asks to join or is invited: as long.
inline constexpr TextRule kProposalMessage = kSanctionReason;
// Why a request is declined, which need not be said: as long.
inline constexpr TextRule kDeclineReason = kSanctionReason;

// Requests to join and invitations that nobody answers, and those that were declined, end after so
// long. Peers: 30 days for invitations (GitHub: 7, Discourse: 30).
inline constexpr absl::Duration kProposalLife = absl::Hours(30 * 24);

// Requests to join of one member that stand at once: who asks everywhere means nowhere.
inline constexpr int kMaxJoinRequestsPerMember = 50;

// So many requests that wait for somebody's answer are counted: a badge shows two digits.
inline constexpr int kMaxCountedRequests = 100;

// Invitations of one community that stand at once, declined ones too: who wants more people opens
// the community to requests.
inline constexpr int kMaxInvitationsPerCommunity = 500;
// Invitations that wait for one member at once: as many as a person reads through. Who declines
// makes room.
inline constexpr int kMaxInvitationsPerMember = 100;

// Skills, interests and projects.
inline constexpr TextRule kTag{.min_length = 1, .max_length = 50};
inline constexpr int kMaxTags = 50;
inline constexpr int kMaxLanguages = 20;

// How others speak of a member.
inline constexpr TextRule kPronouns{.max_length = 40};
// Stretches of a week in which a member works: three a day.
inline constexpr int kMaxWorkingTimes = 21;

// A name that is searched: as long as one may be.
inline constexpr TextRule kSearchedName{.max_length = 100};
// Skills, interests and projects that are searched at once, each.
inline constexpr int kMaxSearchTags = 10;

// So many members that a search finds are counted and can be paged through: each is a buffer or
// two, and who finds more narrows the search. Facets show their most frequent values.
inline constexpr int kMaxCountedMembers = 300;
inline constexpr int kMaxFacetValues = 20;
// What an external who belongs to more communities may know, a search reads from the members
// themselves, from so many pages of them at most; for others from the index, which costs up to 7
// pages a community (README, "Measured").
inline constexpr int kMaxCommunitiesByIndex = 20;
inline constexpr int kMaxPagesReadForKnown = 350;
// So many communities that a search finds can be paged through: five buffers each, 500 at most.
inline constexpr int kMaxFoundCommunities = 100;

// Former names of a community that are kept: who renames more often than that is not looked for by
// the first ones.
inline constexpr int kMaxFormerNames = 10;
// So many communities come that were called once as a search asks, after those that are.
inline constexpr int kMaxFoundFormerNames = 20;
// So many come that say so of themselves, after those: with the catalog that is walked for them 500
// buffers at most.
inline constexpr int kMaxFoundByWords = 50;

// A community has at most this many above it: deeper trees are not found again by people.
inline constexpr int kMaxAncestors = 4;

// A member's own list is sorted as a whole, and access facts of all of them are held in memory.
inline constexpr int kMaxCommunitiesPerMember = 1000;

// Changes of access facts that one write notes singly; more are told as one, after which watchers
// know nothing and ask.
inline constexpr int kMaxNotedSingly = 500;

inline constexpr int kMaxBatchMembers = 200;
inline constexpr int kMaxBatchCommunities = 100;
inline constexpr int kMaxAccessQuestions = 1000;
inline constexpr int kMaxImportedMembers = 1000;
inline constexpr int kMaxImportedCommunities = 1000;
inline constexpr int kMaxImportedMemberships = 5000;

}  // namespace guildhall::directory
