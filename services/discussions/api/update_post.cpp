#include "guildhall/change/v1/change.pb.h"
#include "libs/resources/etag.h"
#include "libs/resources/update_mask.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/mentioning.h"
#include "services/discussions/api/writing.h"
#include "services/discussions/store/post_writes.h"
#include "services/discussions/store/quote_store.h"
#include "services/discussions/store/revision_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Post> UpdatePost(Discussions& discussions, const rpc::Call& call,
                                    const v1::UpdatePostRequest& request) {
  const v1::Post& asked = request.post();
  GUILDHALL_ASSIGN(const resources::PostRef ref, PostById("post.name", asked.name()));
  GUILDHALL_TRY(resources::UpdateMask::From(request.update_mask().paths(), {"markdown"}).status());
  GUILDHALL_ASSIGN(const std::string html, RenderNew("post.markdown", asked.markdown()));
  GUILDHALL_ASSIGN(const Mentioning mentioning,
                   Mentioning::Of(discussions, call, "post.markdown", html));
  return WriteOnce<v1::Post>(
      discussions, call, ref.topic, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Post> {
        GUILDHALL_ASSIGN(Post post, HoldPermitted(work, permit, ref));
        GUILDHALL_TRY(resources::CheckEtag(asked.etag(), post.version));
        GUILDHALL_TRY(AddQuotes(work, {post, permit.community()}));
        const absl::Time now = call.now();
        if (asked.markdown() != post.markdown) {
          InsertRevision(work, post, permit.community(), now);
        }
        const Mentions before = MentionsIn(Render(post));
        EditPost(post, asked.markdown(), now);
        UpdatePost(work, post);
        AppendChange(work, change::v1::KIND_POST_UPDATED, post);
        GUILDHALL_TRY(mentioning.Store(work, post, permit.community(), before));
        return ToProto(post, html);
      });
}

}  // namespace guildhall::discussions
