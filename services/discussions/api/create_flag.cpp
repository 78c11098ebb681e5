#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/writing.h"
#include "services/discussions/store/flag_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Flag> CreateFlag(Discussions& discussions, const rpc::Call& call,
                                    const v1::CreateFlagRequest& request) {
  GUILDHALL_ASSIGN(const resources::PostRef ref, PostById("parent", request.parent()));
  const absl::Time now = call.now();
  Flag flag{.id = NewUuidV7(now, discussions.random),
            .topic = ref.topic,
            .post = *ref.post,
            .member = call.grant().member(),
            .create_time = now};
  GUILDHALL_ASSIGN(flag.kind, FlagKindFrom("flag.kind", request.flag().kind()));
  GUILDHALL_ASSIGN(flag.text, FlagTextFrom("flag.text", flag.kind, request.flag().text()));
  return WriteOnce<v1::Flag>(discussions, call, ref.topic, request.request_id(),
                             [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Flag> {
                               GUILDHALL_ASSIGN(const Post post, HoldPermitted(work, permit, ref));
                               GUILDHALL_ASSIGN(const FlagsAround around,
                                                LookAtFlags(work, post, flag.member));
                               GUILDHALL_TRY(CheckFlagging(post, flag.member, around));
                               flag.community = permit.community();
                               InsertFlag(work, flag);
                               return ToProto(flag);
                             });
}

}  // namespace guildhall::discussions
