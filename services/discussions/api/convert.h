#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "guildhall/discussions/v1/bookmark_service.pb.h"
#include "guildhall/discussions/v1/discussions_service.pb.h"
#include "guildhall/discussions/v1/flag_service.pb.h"
#include "guildhall/discussions/v1/ignore_service.pb.h"
#include "guildhall/discussions/v1/moderation_service.pb.h"
#include "guildhall/discussions/v1/reaction_service.pb.h"
#include "libs/resources/names.h"
#include "services/discussions/domain/flag.h"
#include "services/discussions/domain/ignore.h"
#include "services/discussions/domain/topic.h"
#include "services/discussions/store/bookmark_store.h"
#include "services/discussions/store/read_state_store.h"

namespace guildhall::discussions {

// Between the contract's messages and the domain's types.

v1::Topic ToProto(const Topic& topic);
// The same, written where it belongs: lists have no use for a message to copy from.
void Fill(const Topic& topic, v1::Topic& out);
// Renders the post: 10 us for one of 1 KB, 10 ms at worst.
v1::Post ToProto(const Post& post);
v1::Post ToProto(const Post& post, std::string html);
v1::ReadState ToProto(const ReadState& state);
// Of a post that is named by id.
v1::Reaction ToProto(const resources::PostRef& post, const Reaction& reaction);
v1::Removal ToProto(const Removal& removal);
v1::Bookmark ToProto(const Bookmark& bookmark);
v1::Ignore ToProto(const Ignore& ignore);

// What a caller says it has read of the topic that it was let in for. Fails with: FIELD_INVALID.
absl::StatusOr<ReadMark> MarkFrom(const access::Grant& grant, const v1::ReadState& read_state);
v1::Flag ToProto(const Flag& flag);
v1::Review ToProto(const Review& review);
v1::DecidedReview ToProto(const DecidedReview& review);

// Which topics a list is asked for: all of them in any order, or those that pass a filter or are of
// a kind, by latest posts. Fails with: FIELD_INVALID.
absl::Status CheckWhichTopics(v1::TopicOrder order, v1::TopicFilter filter, v1::TopicKind kind);

// A post that is named by id. Fails with: FIELD_INVALID, also for the form of a permalink: what is
// written to is named by what it is, not by where it stands.
absl::StatusOr<resources::PostRef> PostById(std::string_view field, std::string_view name);

// Whom a topic of this kind praises. Fails with: FIELD_INVALID on `field`.
absl::StatusOr<std::vector<MemberId>> PraisedFrom(
    std::string_view field, const google::protobuf::RepeatedPtrField<std::string>& names,
    TopicKind kind);

// The id, if an import gave it out. Fails with: FIELD_INVALID.
absl::Status CheckImportedId(std::string_view field, const Uuid& id);

}  // namespace guildhall::discussions
