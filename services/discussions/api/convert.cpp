#include "services/discussions/api/convert.h"

#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/resources/etag.h"
#include "libs/rpc/times.h"
#include "services/discussions/domain/carry.h"

namespace guildhall::discussions {
namespace {

void AddCounts(const ReactionCounts& counts, v1::Post& out) {
  for (int kind = 1; kind <= kReactionKinds; ++kind) {
    const int count = counts.Of(static_cast<ReactionKind>(kind));
    if (count == 0) continue;
    v1::ReactionCount& added = *out.add_reaction_counts();
    added.set_kind(static_cast<v1::ReactionKind>(kind));
    added.set_count(count);
  }
}

void AddQuotes(const Post& post, v1::Post& out) {
  for (const Quote& quote : post.quotes) {
    v1::Quote& added = *out.add_quotes();
    added.set_post(resources::PostName(post.topic, quote.post));
    added.set_text(quote.text);
    added.set_author(resources::Name(quote.author));
    added.set_post_number(quote.post_number);
  }
}

}  // namespace

v1::Topic ToProto(const Topic& topic) {
  v1::Topic out;
  Fill(topic, out);
  return out;
}

void Fill(const Topic& topic, v1::Topic& out) {
  out.set_name(resources::Name(topic.id));
  out.set_community(resources::Name(topic.community));
  out.set_title(topic.title);
  out.set_author(resources::Name(topic.author));
  out.set_last_post_number(topic.last_post_number);
  out.set_last_author(resources::Name(topic.last_author));
  *out.mutable_create_time() = rpc::ToProto(topic.create_time);
  *out.mutable_last_post_time() = rpc::ToProto(topic.last_post_time);
  out.set_etag(resources::Etag(topic.version));
  out.set_pinned(topic.pinned);
  out.set_closed(topic.closer.has_value());
  if (topic.closer) out.set_closer(resources::Name(*topic.closer));
  out.set_kind(static_cast<v1::TopicKind>(topic.kind));
  out.set_accepted_post_number(topic.accepted_post.value_or(0));
  for (const MemberId& member : topic.praised) out.add_praised_members(resources::Name(member));
  for (const std::string& tag : topic.tags) out.add_tags(tag);
}

v1::Post ToProto(const Post& post) { return ToProto(post, Render(post)); }

v1::Post ToProto(const Post& post, std::string html) {
  v1::Post out;
  out.set_name(resources::PostName(post.topic, post.id));
  out.set_number(post.number);
  out.set_author(resources::Name(post.author));
  out.set_markdown(post.markdown);
  out.set_html(std::move(html));
  *out.mutable_create_time() = rpc::ToProto(post.create_time);
  if (post.edit_time) *out.mutable_edit_time() = rpc::ToProto(*post.edit_time);
  if (post.delete_time) *out.mutable_delete_time() = rpc::ToProto(*post.delete_time);
  out.set_etag(resources::Etag(post.version));
  out.set_removed(post.removed);
  out.set_moderated(post.moderated && !post.delete_time);
  out.set_moved(IsMarker(post));
  out.set_reply_to_number(post.reply_to.value_or(0));
  out.set_reply_count(post.reply_count);
  if (!post.delete_time) AddCounts(post.reactions, out);
  AddQuotes(post, out);
  return out;
}

v1::ReadState ToProto(const ReadState& state) {
  v1::ReadState out;
  out.set_topic(resources::Name(state.topic));
  out.set_last_read_number(state.last_read_number);
  out.set_unread_count(state.unread_count);
  return out;
}

v1::Reaction ToProto(const resources::PostRef& post, const Reaction& reaction) {
  v1::Reaction out;
  out.set_post(resources::PostName(post.topic, *post.post));
  out.set_member(resources::Name(reaction.member));
  out.set_kind(static_cast<v1::ReactionKind>(reaction.kind));
  *out.mutable_create_time() = rpc::ToProto(reaction.create_time);
  return out;
}

v1::Removal ToProto(const Removal& removal) {
  v1::Removal out;
  out.set_resource(removal.post ? resources::PostName(removal.topic, *removal.post)
                                : resources::Name(removal.topic));
  out.set_community(resources::Name(removal.community));
  out.set_author(resources::Name(removal.author));
  out.set_title(removal.title);
  out.set_markdown(removal.markdown);
  out.set_reason(removal.reason);
  out.set_remover(resources::Name(removal.remover));
  *out.mutable_create_time() = rpc::ToProto(removal.time);
  if (removal.restore_time) *out.mutable_restore_time() = rpc::ToProto(*removal.restore_time);
  if (removal.restorer) out.set_restorer(resources::Name(*removal.restorer));
  out.set_edited(removal.edited);
  out.set_forgotten(removal.forgotten);
  out.set_moved(removal.moved);
  return out;
}

v1::Bookmark ToProto(const Bookmark& bookmark) {
  v1::Bookmark out;
  out.set_post(resources::PostName(bookmark.topic, bookmark.post));
  *out.mutable_create_time() = rpc::ToProto(bookmark.create_time);
  out.set_post_number(bookmark.post_number);
  out.set_topic_title(bookmark.topic_title);
  out.set_post_author(resources::Name(bookmark.post_author));
  return out;
}

v1::Ignore ToProto(const Ignore& ignore) {
  v1::Ignore out;
  out.set_member(resources::Name(ignore.member));
  *out.mutable_create_time() = rpc::ToProto(ignore.create_time);
  return out;
}

absl::StatusOr<ReadMark> MarkFrom(const access::Grant& grant, const v1::ReadState& read_state) {
  GUILDHALL_ASSIGN(const TopicId topic,
                   resources::ParseTopic("read_state.topic", read_state.topic()));
  if (read_state.last_read_number() < 0) {
    return WrongField("read_state.last_read_number", "is 0 or more");
  }
  return MarkOf(grant, topic, read_state.last_read_number());
}

v1::Flag ToProto(const Flag& flag) {
  v1::Flag out;
  out.set_post(resources::PostName(flag.topic, flag.post));
  out.set_kind(static_cast<v1::FlagKind>(flag.kind));
  out.set_text(flag.text);
  out.set_member(resources::Name(flag.member));
  *out.mutable_create_time() = rpc::ToProto(flag.create_time);
  if (!flag.decision) return out;
  out.set_outcome(static_cast<v1::FlagOutcome>(flag.decision->outcome));
  *out.mutable_decide_time() = rpc::ToProto(flag.decision->time);
  out.set_note(flag.decision->note);
  return out;
}

v1::Review ToProto(const Review& review) {
  v1::Review out;
  out.set_community(resources::Name(review.community));
  out.set_post(resources::PostName(review.topic, review.post));
  out.set_title(review.title);
  out.set_author(resources::Name(review.author));
  out.set_markdown(review.markdown);
  out.set_etag(resources::Etag(review.version));
  for (const Flag& flag : review.flags) *out.add_flags() = ToProto(flag);
  for (const FlaggedText& text : review.flagged_texts) {
    v1::FlaggedText& told = *out.add_flagged_texts();
    told.set_markdown(text.markdown);
    *told.mutable_flag_time() = rpc::ToProto(text.flag_time);
  }
  if (review.delete_time) *out.mutable_delete_time() = rpc::ToProto(*review.delete_time);
  return out;
}

v1::DecidedReview ToProto(const DecidedReview& review) {
  v1::DecidedReview out;
  out.set_post(resources::PostName(review.topic, review.post));
  out.set_title(review.title);
  out.set_author(resources::Name(review.author));
  out.set_outcome(static_cast<v1::FlagOutcome>(review.decision.outcome));
  if (review.decision.decider) out.set_decider(resources::Name(*review.decision.decider));
  *out.mutable_decide_time() = rpc::ToProto(review.decision.time);
  out.set_note(review.decision.note);
  for (const Flag& flag : review.flags) *out.add_flags() = ToProto(flag);
  return out;
}

absl::Status CheckWhichTopics(v1::TopicOrder order, v1::TopicFilter filter, v1::TopicKind kind) {
  constexpr const char* kKnown = "is one of the values of the contract";
  if (!v1::TopicOrder_IsValid(order)) return WrongField("order", kKnown);
  if (!v1::TopicFilter_IsValid(filter)) return WrongField("filter", kKnown);
  if (!v1::TopicKind_IsValid(kind)) return WrongField("kind", kKnown);
  if (kind != 0 && filter != 0) return WrongField("kind", "is not set together with filter");
  const bool all = kind == 0 && filter == 0;
  if (!all && order > v1::TOPIC_ORDER_LATEST) {
    return WrongField("order", "is by latest posts with a filter or a kind");
  }
  return absl::OkStatus();
}

absl::StatusOr<resources::PostRef> PostById(std::string_view field, std::string_view name) {
  GUILDHALL_ASSIGN(const resources::PostRef ref, resources::ParsePost(field, name));
  if (!ref.post) return WrongField(field, "names the post by its id: topics/{id}/posts/{id}");
  return ref;
}

absl::StatusOr<std::vector<MemberId>> PraisedFrom(
    std::string_view field, const google::protobuf::RepeatedPtrField<std::string>& names,
    TopicKind kind) {
  std::vector<MemberId> praised;
  for (const std::string& name : names) {
    GUILDHALL_ASSIGN(praised.emplace_back(), resources::ParseMember(field, name));
  }
  GUILDHALL_TRY(CheckPraised(field, kind, praised));
  return praised;
}

absl::Status CheckImportedId(std::string_view field, const Uuid& id) {
  if (id.bytes[6] >> 4 == 8) return absl::OkStatus();
  return WrongField(field, "holds a UUID of version 8, made from what the source calls it");
}

}  // namespace guildhall::discussions
