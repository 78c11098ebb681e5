#include "services/discussions/api/convert.h"

#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/resources/etag.h"
#include "libs/rpc/times.h"

namespace guildhall::discussions {

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
  return out;
}

v1::ReadState ToProto(const ReadState& state) {
  v1::ReadState out;
  out.set_topic(resources::Name(state.topic));
  out.set_last_read_number(state.last_read_number);
  out.set_unread_count(state.unread_count);
  return out;
}

absl::StatusOr<resources::PostRef> PostById(std::string_view field, std::string_view name) {
  GUILDHALL_ASSIGN(const resources::PostRef ref, resources::ParsePost(field, name));
  if (!ref.post) return WrongField(field, "names the post by its id: topics/{id}/posts/{id}");
  return ref;
}

absl::Status CheckImportedId(std::string_view field, const Uuid& id) {
  if (id.bytes[6] >> 4 == 8) return absl::OkStatus();
  return WrongField(field, "holds a UUID of version 8, made from what the source calls it");
}

}  // namespace guildhall::discussions
