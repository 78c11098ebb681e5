#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/field_mask.pb.h"
#include "libs/postgres/work.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/mentioning.h"
#include "services/discussions/api/writing.h"

namespace guildhall::discussions {

// An edit of a post's text, by its author or by who keeps order: the same but for who may.
class Rewriting {
 public:
  // Where the text stands in requests.
  static constexpr std::string_view kText = "post.markdown";

  // Reads what a call asks for. Not in a transaction: a long text takes 10 ms to render. Fails
  // with: FIELD_INVALID, RENDERED_TOO_LARGE.
  static absl::StatusOr<Rewriting> Of(const v1::Post& asked,
                                      const google::protobuf::FieldMask& mask);

  const resources::PostRef& post() const { return post_; }
  const std::string& html() const { return html_; }

  // Holds the post as it was read. Fails with: NOT_FOUND, BUSY, ETAG_STALE.
  absl::StatusOr<HeldPost> Hold(postgres::Work& work, Permit& permit) const;

  // Gives a held post the text, if it has another one, as a new version, and tells of it: what it
  // said becomes a revision, and it mentions whom the text mentions. Says whether it did. A round
  // trip where it quotes others. Fails as Mentioning::Store does.
  absl::StatusOr<bool> Store(postgres::Work& work, const rpc::Call& call, HeldPost& held,
                             const Mentioning& mentioning) const;

 private:
  Rewriting(const v1::Post& asked, const resources::PostRef& post, std::string html)
      : asked_(asked), post_(post), html_(std::move(html)) {}

  const v1::Post& asked_;
  resources::PostRef post_;
  std::string html_;
};

// Forgets what a held post said before its edits, flagged or not, and what others quote of that and
// it does not say any more. Its author forgets nothing that was flagged: others decide about that.
// One round trip where it is quoted.
absl::Status ForgetHistory(postgres::Work& work, const HeldPost& held, MemberId forgetter);

// The same of a post that keeps its text, as a new version, and tells of it.
absl::Status ForgetAlone(postgres::Work& work, HeldPost& held, MemberId forgetter);

}  // namespace guildhall::discussions
