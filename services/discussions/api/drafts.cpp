#include "services/discussions/api/drafts.h"

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/resources/etag.h"
#include "libs/resources/names.h"
#include "libs/rpc/times.h"

namespace guildhall::discussions {
namespace {

// What follows the name of a post that is to be edited.
constexpr std::string_view kRevision = "/revision";

std::string NameOf(const DraftPlace& place) {
  switch (place.kind) {
    case DraftPlace::kCommunity:
      return resources::Name(CommunityId(place.id));
    case DraftPlace::kTopic:
      return resources::Name(TopicId(place.id));
    case DraftPlace::kPost:
    case DraftPlace::kRevision:
      break;
  }
  const std::string post = resources::PostName(*place.topic, PostId(place.id));
  return place.kind == DraftPlace::kPost ? post : post + std::string(kRevision);
}

}  // namespace

absl::StatusOr<DraftPlace> PlaceFrom(std::string_view field, std::string_view name) {
  if (const auto community = resources::ParseCommunity(field, name); community.ok()) {
    return DraftPlace{DraftPlace::kCommunity, community->uuid(), std::nullopt};
  }
  if (const auto topic = resources::ParseTopic(field, name); topic.ok()) {
    return DraftPlace{DraftPlace::kTopic, topic->uuid(), std::nullopt};
  }
  const bool is_revision = name.ends_with(kRevision);
  if (is_revision) name.remove_suffix(kRevision.size());
  if (const auto post = resources::ParsePost(field, name); post.ok() && post->post) {
    return DraftPlace{is_revision ? DraftPlace::kRevision : DraftPlace::kPost, post->post->uuid(),
                      post->topic};
  }
  return WrongField(field,
                    "is communities/{id}, topics/{id}, topics/{id}/posts/{id} or "
                    "topics/{id}/posts/{id}/revision");
}

std::string RestOf(const v1::Draft& asked) {
  v1::Draft rest;
  rest.set_kind(asked.kind());
  *rest.mutable_tags() = asked.tags();
  *rest.mutable_praised_members() = asked.praised_members();
  if (asked.has_poll()) *rest.mutable_poll() = asked.poll();
  *rest.mutable_quotes() = asked.quotes();
  return rest.SerializeAsString();
}

v1::Draft ToProto(const Draft& draft) {
  v1::Draft out;
  out.ParseFromString(draft.rest);
  out.set_place(NameOf(draft.place));
  out.set_title(draft.title);
  out.set_markdown(draft.markdown);
  out.set_etag(resources::Etag(VersionOf(draft)));
  *out.mutable_update_time() = rpc::ToProto(draft.update_time);
  return out;
}

absl::Status OtherDraft() {
  return Refusal(policy::reasons::kEtagStale, "Another draft stands there than was seen.");
}

}  // namespace guildhall::discussions
