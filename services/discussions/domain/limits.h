#pragma once

#include "absl/time/time.h"
#include "libs/base/bytes.h"
#include "libs/base/text.h"

namespace guildhall::discussions {

// What discussions takes. Each limit is told in the contract; each refusal names the field.

// The archive's titles end at 60 characters, a chat's own limit; subjects of mail seldom pass 200.
inline constexpr TextRule kTitle{.min_length = 1, .max_length = 200};

// The longest text of a post. At 64 KiB the worst input found takes 9 ms to render.
inline constexpr Bytes kMaxMarkdown = KiB(64);

// The longest HTML that is made of it: sixteen times the input, which only reference links,
// entities and tables built for it exceed.
inline constexpr Bytes kMaxRendered = MiB(1);

// A page of posts ends before the post by which it would hold more, unless that is its first:
// clients of gRPC take 4 MiB unless they are told otherwise.
inline constexpr Bytes kMaxPageBytes = MiB(1);

// Why something was removed: a few sentences to its author.
inline constexpr TextRule kRemovalReason{
    .min_length = 1, .max_length = 500, .shape = TextRule::kLines};

// What a flag says in words, and what those who flagged are told: a few sentences each.
inline constexpr TextRule kFlagText{.min_length = 0, .max_length = 500, .shape = TextRule::kLines};

// What one member has under review at a time: many more than somebody comes across in good faith
// before anybody looks.
inline constexpr int kMaxFlagsUnderReview = 50;

// A review shows this many of its flags; what the others say changes little.
inline constexpr int kMaxFlagsShown = 20;

// What posts said when they were flagged, on one page of reviews: eight of the longest texts, and
// with what the posts say now and 20 flags each still less than the 4 MiB that clients of gRPC
// take.
inline constexpr Bytes kMaxFlaggedBytes = KiB(512);

// In how many communities reviews are listed or counted at once: each is a look-up in their index.
// More than nearly everybody keeps order in.
inline constexpr int kMaxModerated = 100;

// How many reviews of a community are counted: badges of others end at 99.
inline constexpr int kMaxReviewsCounted = 100;

// A team; who praises more writes their names.
inline constexpr std::size_t kMaxPraised = 10;

// What a topic is about in a few words: with more of them, tags tell topics apart no better.
inline constexpr std::size_t kMaxTags = 5;
// Three or four words.
inline constexpr int kMaxTagLength = 40;
// Of a community that is one of many whose tags are counted together: a community's menu of tags.
inline constexpr int kMaxTagsCounted = 30;
// Of many communities together: more than one looks through.
inline constexpr int kMaxTagsTogether = 50;

// A poll is a choice, and one that is read at a glance.
inline constexpr std::size_t kMinPollOptions = 2;
inline constexpr std::size_t kMaxPollOptions = 20;
// An option, as long as a title.
inline constexpr TextRule kPollOption{.min_length = 1, .max_length = 200};

// Who sets a time of closing means to close the poll; without one it stays open.
inline constexpr absl::Duration kMaxPollTime = absl::Hours(24 * 366);

// Of fewer anonymous votes nothing is told: of one or two, everybody who knows who voted would know
// what they chose.
inline constexpr int kMinTurnout = 5;

// So long after a poll has closed by itself its anonymous votes are told: clocks of processes
// differ by less, and no call that began before lasts longer.
inline constexpr absl::Duration kPollSettles = absl::Minutes(1);

// Members that a post mentions: who means more of them means everyone, or a list of names.
inline constexpr std::size_t kMaxMentions = 20;

// Passages that a post quotes: who answers more of them answers in several posts.
inline constexpr int kMaxQuotes = 10;
// In characters: a paragraph. Whoever means more than that names the post.
inline constexpr int kMaxQuoteLength = 1000;

// How often posts mention everyone in a community within a day. Discussions does not know how
// many that are, and a call costs the same for all sizes; what it takes is the time of the members.
inline constexpr int kMaxCalls = 10;
inline constexpr absl::Duration kCallsTime = absl::Hours(24);

// Communities in which somebody is mentioned that are looked at for it: more than anybody belongs
// to, and each is a look-up.
inline constexpr int kMaxMentionPlaces = 1000;

// Beyond it nobody reads on from the start; the longest topic of the real archive has 6,155 posts.
// Bounds what deleting a topic removes in one transaction.
inline constexpr int kMaxPostsPerTopic = 10'000;

// Posts that go into a new topic at once: each is picked by hand.
inline constexpr int kMaxSplitPosts = 200;

// Posts of a topic that goes into another: more than any that was opened twice. With
// 100,000 readers of both topics it takes 3 s on a busy machine.
inline constexpr int kMaxMergedPosts = 1000;

inline constexpr int kMaxReadStates = 200;

// Communities that one question may name: more than nearly everybody belongs to.
inline constexpr int kMaxCommunities = 200;

// Communities that are looked at for a page of those by activity: twice as many as an organization
// of 100,000 has.
inline constexpr int kMaxActivePlaces = 10'000;

// How many topics of a community are looked at to count those with unread posts: it bounds what a
// member costs who has been away. Badges of others end at 9 or 99.
inline constexpr int kMaxUnreadTopics = 20;

// What is older is no news: whoever comes to a community after years of talk, or never marked
// anything as read, is not met by thousands of unread topics.
inline constexpr absl::Duration kNewsFor = absl::Hours(24 * 30);

inline constexpr int kMaxBatchPosts = 200;

// Posts that are read at once, by name: a page or two of a list. In as many topics they take 480
// buffers: 4 for where each topic stands, 4 for the topic when its post is read, 4 for the post.
inline constexpr int kMaxPostsRead = 40;
// Topics likewise: as many as the longest page of a list, 400 buffers.
inline constexpr int kMaxTopicsRead = 100;

// Of topics, and as many of communities, for which a member chose how closely to follow them.
inline constexpr int kMaxFollows = 1000;

// Of these a feed looks up so many for members who mute a community of it: what they follow there
// is shown. More than anybody keeps an eye on among what it does not want to see.
inline constexpr int kMaxFollowedInMuted = 100;

// Of tags, each of which is held against every topic of a page.
inline constexpr int kMaxTagFollows = 100;

// So many topics with followed tags are shown of muted communities, found by as many looks, each
// for one tag in one community: 3 buffers a look, 4 a topic.
inline constexpr int kMaxTaggedInMuted = 30;

// Whom a member ignores: more than anybody comes to know so, and few enough for its front end to
// hold.
inline constexpr int kMaxIgnores = 500;

inline constexpr int kMaxBookmarks = 1000;

// As large as posts, and what stands beside them, each: 13 MiB of a member at most.
inline constexpr int kMaxDrafts = 100;

// Beside title and text: a poll of 20 options takes 16 KiB at most, 10 quotes 40 KiB.
inline constexpr Bytes kMaxDraftRest = KiB(64);

// Who edits more often is still writing.
inline constexpr int kMaxRevisions = 100;

// What somebody looks for: a sentence, and more words than anybody types.
inline constexpr int kMaxQuery = 500;
inline constexpr std::size_t kMaxTerms = 16;
// In terms together: each is a look-up in the index of words.
inline constexpr std::size_t kMaxQueryWords = 32;
// Its beginnings of words: the one that is being typed.
inline constexpr int kMaxBeginnings = 1;
// In characters: fewer begin too many words. Of ideographs one is enough, which is half of a word.
inline constexpr int kMinBeginning = 3;
// By so many characters longer words are found in the index, which holds a form for each number of
// them: four a word at most, and most words share theirs with others of the post.
inline constexpr int kMaxKnownBeginning = 6;
// Whose posts it may name: a team.
inline constexpr std::size_t kMaxAuthors = 10;
// In how many communities at once: each is a look-up in the index of words.
inline constexpr int kMaxSearched = 100;
// In which topics it may look at once, and nowhere else.
inline constexpr std::size_t kMaxSearchedTopics = 10;
// Among so many of those that were active last they are looked for by who does not name them: who
// may read few of these would ask for the facts of all there are.
inline constexpr int kMaxSearchedAmong = 1'000;
// How many posts that have the words of a query are looked at. What a search reads grows with it,
// and who looks through a thousand results wants other words.
inline constexpr int kMaxRanked = 1000;
// A page of results shows two lines of each.
inline constexpr int kMaxExcerpt = 200;
// In so many places of an excerpt, or of a title, it is told where what was looked for stands: more
// of them tell nothing more.
inline constexpr std::size_t kMaxMatches = 20;
// Of how much of a post an excerpt is taken, in characters: most posts are shorter, and a page of
// the longest ones is made in some 50 ms.
inline constexpr int kMaxExcerpted = 8192;

// What somebody may know, by the tags of topics in which it wrote: what is longer ago is no sign of
// what it works with.
inline constexpr absl::Duration kSkillsFor = absl::Hours(24 * 365);
// Who wrote in one or two topics with a tag asked, more often than not.
inline constexpr int kLeastSkillTopics = 3;
// As many as somebody looks through.
inline constexpr int kMaxSuggestedSkills = 20;
// Where posts are looked for, and how many are looked at: a buffer for each, as they lie.
inline constexpr int kMaxSkillCommunities = 20;
inline constexpr int kMaxSkillPosts = 200;

inline constexpr int kMaxImportedTopics = 1000;
inline constexpr int kMaxImportedPosts = 1000;

}  // namespace guildhall::discussions
