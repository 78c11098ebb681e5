#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "guildhall/discussions/v1/poll_service.pb.h"
#include "libs/base/status_macros.h"
#include "services/discussions/api/writing.h"
#include "services/discussions/store/poll_store.h"

namespace guildhall::discussions {

// What the methods of polls share.

v1::Poll ToProto(const SeenPoll& seen, absl::Time now);

// The poll that a topic is opened with. Fails with: FIELD_INVALID on a field of `field`.
absl::StatusOr<Poll> PollFrom(const std::string& field, const v1::Poll& asked, absl::Time now);

// A poll whose topic is held.
struct HeldPoll {
  Topic topic;
  SeenPoll seen;
};

// Locks a topic that may be written and reads its poll, as the caller sees it. Fails with:
// NOT_FOUND (also: it has none), BUSY.
absl::StatusOr<HeldPoll> HoldPoll(postgres::Work& work, Permit& permit, const rpc::Call& call,
                                  TopicId topic);

// Ends the poll of a topic. Fails with: NOT_FOUND, BUSY.
absl::StatusOr<v1::Poll> EndPollOnce(Discussions& discussions, const rpc::Call& call,
                                     std::string_view topic, std::string_view request_id);

}  // namespace guildhall::discussions
