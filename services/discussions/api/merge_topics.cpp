#include <vector>

#include "guildhall/change/v1/change.pb.h"
#include "guildhall/discussions/v1/carrying_service.pb.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/resources/etag.h"
#include "services/discussions/api/carrying.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

// How often a merge begins: each time somebody else has merged a topic into the one that goes.
constexpr int kAttempts = 3;

// OK when the topic that is to stay, or what it has gone into, stands where the other one does, and
// the caller keeps order there. Who does not may not even hear that it stands elsewhere.
absl::Status CheckDestination(Discussions& discussions, const rpc::Call& call, TopicId id) {
  access::Demand demand{.permission = call.grant().permission()};
  demand.item = access::ItemFacts{};
  GUILDHALL_ASSIGN(const Places places,
                   GetTopicPlaces(discussions.database, call.context(), {&id, 1}));
  if (places[0]) {
    demand.community = places[0]->community;
    demand.item = access::ItemFacts{true, places[0]->author, places[0]->deleted};
  }
  GUILDHALL_TRY(
      discussions.authorizer.AuthorizeAndWait(demand, call.caller(), call.deadline()).status());
  if (demand.community == call.grant().community()) return absl::OkStatus();
  return WrongField("destination", "stands in another community");
}

// The topic that goes and the one that stays.
struct Pair {
  LockedTopic from;
  LockedTopic into;
};

// Locks both, with what has gone into the first one before, in order of their ids, as every
// transaction does that locks more than one: two merges, each into the other's topic, do not wait
// for each other.
absl::StatusOr<Pair> LockBoth(postgres::Work& work, Permit& permit, TopicId from, TopicId into) {
  HoldForMerge(work, from, into);
  Pair pair;
  GUILDHALL_ASSIGN(pair.from, LockPermitted(work, permit, from));
  GUILDHALL_ASSIGN(pair.into, LockPermitted(work, permit, into));
  return pair;
}

absl::StatusOr<v1::Topic> Merge(Discussions& discussions, const rpc::Call& call,
                                postgres::Work& work, Pair& pair) {
  GUILDHALL_TRY(CheckMerging(pair.from.topic));
  GUILDHALL_TRY(CheckPosting(pair.into.topic));
  GUILDHALL_ASSIGN(const std::vector<PostHead> posts,
                   ListPostsToCarry(work, pair.from.topic.id, kMaxMergedPosts));
  HoldAgainstReaders(work, pair.from.topic.id);
  GUILDHALL_TRY(CarryInto(discussions, call, work, posts, pair.from, pair.into, &MergeReading));
  StoreCarried(work, pair.into);
  StoreMerged(work, pair.from.topic, pair.into.topic.id, call.now());
  AppendChange(work, change::v1::KIND_TOPIC_DELETED, pair.from.topic);
  return ToProto(pair.into.topic);
}

}  // namespace

absl::StatusOr<v1::Topic> MergeTopics(Discussions& discussions, const rpc::Call& call,
                                      const v1::MergeTopicsRequest& request) {
  GUILDHALL_ASSIGN(const TopicId from, resources::ParseTopic("name", request.name()));
  GUILDHALL_ASSIGN(const TopicId into, resources::ParseTopic("destination", request.destination()));
  GUILDHALL_TRY(CheckDestination(discussions, call, into));
  if (from == into) return WrongField("destination", "is the topic itself");
  const Permit reached(call);
  const Touch touch(discussions, into, reached);
  const auto merge = [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Topic> {
    GUILDHALL_ASSIGN(Pair pair, LockBoth(work, permit, from, into));
    GUILDHALL_TRY(resources::CheckEtag(request.etag(), pair.from.topic.version));
    GUILDHALL_TRY(resources::CheckEtag(request.destination_etag(), pair.into.topic.version));
    return Merge(discussions, call, work, pair);
  };
  // Who cannot hold what has just gone into its topic begins anew, and then looks for it first.
  for (int attempt = 1;; ++attempt) {
    absl::StatusOr<v1::Topic> merged =
        WriteOnce<v1::Topic>(discussions, call, from, request.request_id(), merge);
    if (attempt == kAttempts || !Is(merged.status(), policy::reasons::kBusy)) return merged;
  }
}

}  // namespace guildhall::discussions
