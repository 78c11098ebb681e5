#pragma once

#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/postgres/work.h"
#include "services/discussions/domain/carry.h"
#include "services/discussions/store/topic_writes.h"

namespace guildhall::discussions {

// What carries posts from one topic into another, each function a part of a transaction that holds
// both.

// What carrying needs to know of the posts of a topic, in order of their numbers: of up to `count`
// of all, or of those of some ids. Without markers. One round trip.
absl::StatusOr<std::vector<PostHead>> ListPostsToCarry(postgres::Work& work, TopicId topic,
                                                       int count);
absl::StatusOr<std::vector<PostHead>> GetPostsToCarry(postgres::Work& work, TopicId topic,
                                                      std::span<const PostId> posts);

// Holds the topics of a merge, and what has gone into the one that goes before, in order of their
// ids: nobody who locks topics in that order waits for this transaction while it waits for them.
// What went there while it waited is out of order, so it is held without waiting: where somebody
// holds that, the transaction fails with BUSY, and another one finds it in time.
void HoldForMerge(postgres::Work& work, TopicId from, TopicId into);

// Holds a held topic from which posts go against its readers: marks and follows that are being
// stored are waited for, and carried; what comes later finds the posts gone. Before the posts are
// carried.
void HoldAgainstReaders(postgres::Work& work, TopicId topic);

// Opens a topic into which posts are to be carried: StoreCarried says how it ends.
void InsertSplitTopic(postgres::Work& work, const Topic& topic);

// A carrying: what goes where.
struct Carrying {
  TopicId from;
  TopicId to;
  std::vector<CarriedPost> posts;
  // Names of the markers that stay, one for each post.
  std::vector<PostId> markers;
  absl::Time time;
};

// What its members have read of a topic of which posts are carried into a new one, or into one that
// is there, and that one's end. Before the posts are carried. Reads and writes a row for each of
// those who have read in it; a hundred thousand take 3 s on a busy machine.
void SplitReading(postgres::Work& work, const Carrying& carrying);
void MergeReading(postgres::Work& work, const Carrying& carrying);

// Carries posts with all that hangs on them: answers and their counts, reviews, and the choices of
// those who follow the topic. Bookmarks, reactions and revisions go by the post's id, and go along
// by themselves.
void CarryPosts(postgres::Work& work, const Carrying& carrying);

// Takes the places of the numbers behind the last post that is left in a topic back to its end:
// posts get places that are not before that, so its numbers stay in order of their places.
void DrawMarkersIn(postgres::Work& work, const Topic& topic);

// Stores what a held topic shows of its posts, its answer and its version.
void StoreCarried(postgres::Work& work, const LockedTopic& topic);

// Stores that all posts of a held topic have gone into another one: it is gone, and its name leads
// there. Nobody follows it any more.
void StoreMerged(postgres::Work& work, const Topic& topic, TopicId into, absl::Time now);

}  // namespace guildhall::discussions
