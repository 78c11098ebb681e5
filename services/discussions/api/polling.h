#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "guildhall/discussions/v1/poll_service.pb.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "libs/resources/update_mask.h"
#include "services/discussions/api/writing.h"
#include "services/discussions/store/poll_store.h"

namespace guildhall::discussions {

// What the methods of polls share.

v1::Poll ToProto(const SeenPoll& seen, absl::Time now);

// The poll that a topic is opened with. Fails with: FIELD_INVALID on a field of `field`.
absl::StatusOr<Poll> PollFrom(const std::string& field, const v1::Poll& asked);

// A poll whose topic is held.
struct HeldPoll {
  Topic topic;
  SeenPoll seen;
};

// Locks a topic that may be written and reads its poll, as the caller sees it. Fails with:
// NOT_FOUND (also: it has none), BUSY.
absl::StatusOr<HeldPoll> HoldPoll(postgres::Work& work, Permit& permit, const rpc::Call& call,
                                  TopicId topic);

// Closes a poll, or opens it if `check` says that it may be.
using CheckOfOpening = absl::Status (*)(const Poll& poll, MemberId author, absl::Time now);
absl::StatusOr<v1::Poll> SetPollOnce(Discussions& discussions, const rpc::Call& call, TopicId topic,
                                     std::string_view request_id, bool closed,
                                     CheckOfOpening check);

// The same as UpdatePollRequest and ModeratePollRequest ask for it. Fails with: FIELD_INVALID,
// NOT_FOUND, BUSY, and as the check does.
template <typename Request>
absl::StatusOr<v1::Poll> SetPollOnce(Discussions& discussions, const rpc::Call& call,
                                     const Request& request, CheckOfOpening check) {
  GUILDHALL_ASSIGN(const TopicId topic,
                   resources::ParseTopic("poll.topic", request.poll().topic()));
  GUILDHALL_TRY(resources::UpdateMask::From(request.update_mask().paths(), {"closed"}).status());
  return SetPollOnce(discussions, call, topic, request.request_id(), request.poll().closed(),
                     check);
}

}  // namespace guildhall::discussions
