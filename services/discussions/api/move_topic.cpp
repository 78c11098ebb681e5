#include "guildhall/change/v1/change.pb.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/changelog/change_log.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/writing.h"
#include "services/discussions/domain/move.h"
#include "services/discussions/store/flag_store.h"
#include "services/discussions/store/removal_store.h"

namespace guildhall::discussions {
namespace {

// Where a topic goes, from where it stood when the call was let in, and why.
struct Move {
  CommunityId from, to;
  Readers readers_from, readers_to;
  std::string reason;
};

Readers ReadersOf(const access::Answer& answer) {
  return {answer.community.visibility, answer.community.admits};
}

// Where the caller keeps order in both. Fails with: NOT_FOUND, NOT_PERMITTED (of the destination),
// and as facts do.
absl::StatusOr<Move> MoveOf(Discussions& discussions, const rpc::Call& call,
                            CommunityId destination, std::string reason) {
  Move move{.from = *call.grant().community(), .to = destination, .reason = std::move(reason)};
  const access::Demand demand{.permission = call.grant().permission(), .community = move.to};
  GUILDHALL_ASSIGN(const access::Answer to,
                   discussions.facts.AskAndWait({call.caller(), move.to}, call.deadline()));
  GUILDHALL_TRY(access::Authorizer::Judge(demand, call.caller(), to).status());
  GUILDHALL_ASSIGN(const access::Answer from,
                   discussions.facts.AskAndWait({call.caller(), move.from}, call.deadline()));
  move.readers_from = ReadersOf(from);
  move.readers_to = ReadersOf(to);
  return move;
}

// OK when a locked topic may go for the reason, or for none. Fails with: FIELD_INVALID, BUSY.
absl::Status CheckReason(const Move& move, const Topic& topic) {
  if (move.reason.empty() && topic.community != move.from) {
    // Who reads where it stands now was not asked.
    return Refusal(policy::reasons::kBusy, "The topic is being moved.");
  }
  return CheckMoveReason("reason", move.reason, move.readers_from, move.readers_to);
}

// Tells its author, and those who keep order where a locked topic stood, why it left. Where it went
// is kept nowhere: not all of them may know.
void TellMove(Discussions& discussions, const rpc::Call& call, postgres::Work& work,
              const Topic& topic, CommunityId left, const std::string& reason) {
  if (reason.empty()) return;
  Removal removal = NewRemoval(discussions, call, reason);
  removal.community = left;
  removal.topic = topic.id;
  removal.author = topic.author;
  removal.title = topic.title;
  InsertMove(work, removal);
}

// Those who read in the old place hear that the topic has left it, those in the new one that it is
// there.
void AppendMove(postgres::Work& work, const Topic& topic, CommunityId left) {
  changelog::Append(work, {.kind = change::v1::KIND_TOPIC_LEFT,
                           .key = topic.id.uuid(),
                           .resource = left.uuid(),
                           .version = topic.version});
  AppendChange(work, change::v1::KIND_TOPIC_MOVED, topic);
}

}  // namespace

absl::StatusOr<v1::Topic> MoveTopic(Discussions& discussions, const rpc::Call& call,
                                    const v1::MoveTopicRequest& request) {
  GUILDHALL_ASSIGN(const TopicId id, resources::ParseTopic("name", request.name()));
  GUILDHALL_ASSIGN(const CommunityId destination,
                   resources::ParseCommunity("destination", request.destination()));
  GUILDHALL_ASSIGN(std::string reason, MoveReasonFrom("reason", request.reason()));
  GUILDHALL_ASSIGN(const Move move, MoveOf(discussions, call, destination, std::move(reason)));
  return WriteOnce<v1::Topic>(
      discussions, call, id, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Topic> {
        GUILDHALL_ASSIGN(LockedTopic locked, LockToEdit(work, permit, id, request.etag()));
        const CommunityId left = locked.topic.community;
        if (left == destination) return ToProto(locked.topic);
        GUILDHALL_TRY(CheckReason(move, locked.topic));
        permit.AlsoTouches(destination);
        MoveTopic(locked.topic, destination);
        MoveTopic(work, locked.topic);
        MoveReviews(work, id, destination);
        TellMove(discussions, call, work, locked.topic, left, move.reason);
        AppendMove(work, locked.topic, left);
        return ToProto(locked.topic);
      });
}

}  // namespace guildhall::discussions
