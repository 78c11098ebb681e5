#include "libs/base/status_macros.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Preview> GetPreview(Discussions&, const rpc::Call&,
                                       const v1::GetPreviewRequest& request) {
  v1::Preview preview;
  GUILDHALL_ASSIGN(*preview.mutable_html(), RenderNew("markdown", request.markdown()));
  return preview;
}

}  // namespace guildhall::discussions
