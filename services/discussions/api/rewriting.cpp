#include "services/discussions/api/rewriting.h"

#include "guildhall/change/v1/change.pb.h"
#include "libs/resources/etag.h"
#include "libs/resources/update_mask.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/store/flag_store.h"
#include "services/discussions/store/quote_store.h"
#include "services/discussions/store/revision_store.h"

namespace guildhall::discussions {

absl::StatusOr<Rewriting> Rewriting::Of(const v1::Post& asked,
                                        const google::protobuf::FieldMask& mask) {
  GUILDHALL_ASSIGN(const resources::PostRef ref, PostById("post.name", asked.name()));
  GUILDHALL_TRY(resources::UpdateMask::From(mask.paths(), {"markdown"}).status());
  GUILDHALL_ASSIGN(std::string html, RenderNew(kText, asked.markdown()));
  return Rewriting(asked, ref, std::move(html));
}

absl::StatusOr<HeldPost> Rewriting::Hold(postgres::Work& work, Permit& permit) const {
  GUILDHALL_ASSIGN(HeldPost held, HoldToDelete(work, permit, post_));
  GUILDHALL_TRY(resources::CheckEtag(asked_.etag(), held.post.version));
  return held;
}

absl::StatusOr<bool> Rewriting::Store(postgres::Work& work, const rpc::Call& call, HeldPost& held,
                                      const Mentioning& mentioning) const {
  Post& post = held.post;
  GUILDHALL_TRY(AddQuotes(work, {post, held.community}));
  const Editing editing{call.grant().member(), held.community, call.now()};
  const Post before = post;
  if (!EditPost(post, asked_.markdown(), editing.editor, editing.time)) return false;
  InsertRevision(work, before, editing);
  UpdatePost(work, post);
  AppendChange(work, change::v1::KIND_POST_UPDATED, post);
  GUILDHALL_TRY(mentioning.Store(work, post, held.community, MentionsIn(Render(before))));
  return true;
}

absl::Status ForgetHistory(postgres::Work& work, const HeldPost& held, MemberId forgetter) {
  const Post& post = held.post;
  DeleteRevisions(work, post.id);
  if (forgetter != post.author) ForgetFlaggedTexts(work, post);
  if (!held.quoted) return absl::OkStatus();
  GUILDHALL_ASSIGN(const std::vector<Post> losing,
                   ForgetUnsaidQuotes(work, post, SaidIn(Render(post))));
  AppendChanges(work, change::v1::KIND_POST_COUNTED, losing);
  return absl::OkStatus();
}

absl::Status ForgetAlone(postgres::Work& work, HeldPost& held, MemberId forgetter) {
  ForgetRevisions(held.post);
  GUILDHALL_TRY(ForgetHistory(work, held, forgetter));
  UpdatePost(work, held.post);
  AppendChange(work, change::v1::KIND_POST_UPDATED, held.post);
  return absl::OkStatus();
}

}  // namespace guildhall::discussions
