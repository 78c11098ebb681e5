#include "services/discussions/api/drafts.h"

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/resources/etag.h"
#include "libs/resources/names.h"
#include "libs/rpc/times.h"

namespace guildhall::discussions {
namespace {

std::string NameOf(const DraftPlace& place) {
  switch (place.kind) {
    case DraftPlace::kCommunity:
      return resources::Name(CommunityId(place.id));
    case DraftPlace::kTopic:
      return resources::Name(TopicId(place.id));
    case DraftPlace::kPost:
      break;
  }
  return resources::PostName(*place.topic, PostId(place.id));
}

}  // namespace

absl::StatusOr<DraftPlace> PlaceFrom(std::string_view field, std::string_view name) {
  if (const auto community = resources::ParseCommunity(field, name); community.ok()) {
    return DraftPlace{DraftPlace::kCommunity, community->uuid(), std::nullopt};
  }
  if (const auto topic = resources::ParseTopic(field, name); topic.ok()) {
    return DraftPlace{DraftPlace::kTopic, topic->uuid(), std::nullopt};
  }
  if (const auto post = resources::ParsePost(field, name); post.ok() && post->post) {
    return DraftPlace{DraftPlace::kPost, post->post->uuid(), post->topic};
  }
  return WrongField(field, "is communities/{id}, topics/{id} or topics/{id}/posts/{id}");
}

v1::Draft ToProto(const Draft& draft) {
  v1::Draft out;
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
