#include "libs/resources/etag.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/rewriting.h"
#include "services/discussions/store/quote_store.h"
#include "services/discussions/store/removal_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Post> ForgetRevisions(Discussions& discussions, const rpc::Call& call,
                                         const v1::ForgetRevisionsRequest& request) {
  GUILDHALL_ASSIGN(const resources::PostRef ref, PostById("name", request.name()));
  GUILDHALL_ASSIGN(const std::string reason, RemovalReasonFrom("reason", request.reason()));
  return WriteOnce<v1::Post>(discussions, call, ref.topic, request.request_id(),
                             [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Post> {
                               GUILDHALL_ASSIGN(HeldPost held, HoldToDelete(work, permit, ref));
                               Post& post = held.post;
                               GUILDHALL_TRY(resources::CheckEtag(request.etag(), post.version));
                               GUILDHALL_TRY(AddQuotes(work, {post, held.community}));
                               GUILDHALL_TRY(ForgetAlone(work, held, call.grant().member()));
                               Removal removal = NewRemoval(discussions, call, reason, held);
                               removal.forgotten = true;
                               InsertRemoval(work, removal);
                               return ToProto(post);
                             });
}

}  // namespace guildhall::discussions
