#include "libs/base/status_macros.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/domain/tag.h"
#include "services/discussions/store/tag_follow_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::TagFollow> UpdateTagFollow(Discussions& discussions, const rpc::Call& call,
                                              const v1::UpdateTagFollowRequest& request) {
  const v1::TagFollow& asked = request.tag_follow();
  GUILDHALL_ASSIGN(const std::string tag, TagFrom("tag_follow.tag", asked.tag()));
  GUILDHALL_ASSIGN(const auto level, FollowLevelFrom("tag_follow.level", asked.level()));
  if (level) {
    GUILDHALL_TRY(SetTagFollow(discussions.database, call.context(), call.grant(), {tag, *level}));
  } else {
    GUILDHALL_TRY(ForgetTagFollow(discussions.database, call.context(), call.grant(), tag));
  }
  v1::TagFollow chosen;
  chosen.set_tag(tag);
  chosen.set_level(asked.level());
  return chosen;
}

}  // namespace guildhall::discussions
