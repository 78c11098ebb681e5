#include <limits>

#include "libs/base/status_macros.h"
#include "libs/resources/etag.h"
#include "libs/rpc/page.h"
#include "libs/rpc/times.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/domain/diff.h"
#include "services/discussions/store/revision_store.h"

namespace guildhall::discussions {
namespace {

// Each holds its text and what the edit changed, 192 KiB at most: clients of gRPC take 4 MiB unless
// they are told otherwise.
constexpr rpc::PageSize kPageSize{.usual = 5, .most = 10};

std::string PositionOf(const Revision& revision) {
  return resources::PositionWriter().Number(revision.version).Take();
}

v1::Revision ToProto(const Revision& revision) {
  v1::Revision out;
  out.set_etag(resources::Etag(revision.version));
  out.set_markdown(revision.markdown);
  out.set_moderated(revision.moderated);
  *out.mutable_replace_time() = rpc::ToProto(revision.replace_time);
  for (DiffPart& part : DiffOf(revision.markdown, revision.later_markdown)) {
    v1::DiffPart& added = *out.add_diff();
    added.set_kind(static_cast<v1::DiffKind>(part.kind));
    added.set_text(std::move(part.text));
  }
  return out;
}

}  // namespace

absl::StatusOr<v1::ListRevisionsResponse> ListRevisions(Discussions& discussions,
                                                        const rpc::Call& call,
                                                        const v1::ListRevisionsRequest& request) {
  GUILDHALL_ASSIGN(const resources::PostRef ref, PostById("parent", request.parent()));
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::OfSharedList(discussions.page_tokens, call, request, kPageSize));
  const std::int64_t before =
      page.first() ? std::numeric_limits<std::int64_t>::max() : page.position().Number();
  GUILDHALL_ASSIGN(std::vector<Revision> revisions,
                   ListRevisions(discussions.database, call.context(), call.grant(), ref.topic,
                                 *ref.post, before, page.to_fetch()));
  v1::ListRevisionsResponse response;
  response.set_next_page_token(page.Cut(revisions, PositionOf));
  for (const Revision& revision : revisions) *response.add_revisions() = ToProto(revision);
  return response;
}

}  // namespace guildhall::discussions
