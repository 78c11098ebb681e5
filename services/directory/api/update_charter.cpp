#include "guildhall/change/v1/change.pb.h"
#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "libs/idempotency/once.h"
#include "libs/resources/etag.h"
#include "libs/resources/names.h"
#include "libs/resources/update_mask.h"
#include "libs/rpc/times.h"
#include "services/directory/api/charters.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/writing.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/charter_store.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {
namespace {

// Sets the fields that the mask names and checks the whole.
absl::Status Apply(const resources::UpdateMask& mask, const v1::Charter& asked, Charter& charter) {
  if (mask.Has("purpose")) charter.purpose = asked.purpose();
  if (mask.Has("cadence")) charter.cadence = asked.cadence();
  if (mask.Has("welcome")) charter.welcome = asked.welcome();
  if (mask.Has("sponsor")) {
    charter.sponsor.reset();
    if (!asked.sponsor().empty()) {
      GUILDHALL_ASSIGN(charter.sponsor, resources::ParseMember("charter.sponsor", asked.sponsor()));
    }
  }
  if (mask.Has("review_time")) {
    charter.review_time.reset();
    if (asked.has_review_time()) {
      GUILDHALL_ASSIGN(charter.review_time,
                       rpc::TimeFrom("charter.review_time", asked.review_time()));
    }
  }
  return TidyCharter(charter);
}

// A new sponsor is somebody whom the caller may know. Members are held before communities.
absl::Status HoldSponsor(postgres::Work& work, const rpc::Call& call, const Charter& asked) {
  if (!asked.sponsor) return absl::OkStatus();
  GUILDHALL_ASSIGN(const auto affiliation,
                   HoldMemberInSight(work, call.grant().viewer(), *asked.sponsor));
  return affiliation ? absl::OkStatus() : access::NotFound();
}

}  // namespace

absl::StatusOr<v1::Charter> UpdateCharter(Directory& directory, const rpc::Call& call,
                                          const v1::UpdateCharterRequest& request) {
  GUILDHALL_ASSIGN(
      const resources::UpdateMask mask,
      resources::UpdateMask::From(request.update_mask().paths(),
                                  {"purpose", "sponsor", "cadence", "welcome", "review_time"}));
  Charter asked;
  GUILDHALL_TRY(Apply(mask, request.charter(), asked));
  return idempotency::Once<v1::Charter>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Charter> {
        const absl::Status sponsor = HoldSponsor(work, call, asked);
        GUILDHALL_ASSIGN(const LockedCommunity locked,
                         LockPermitted(work, call, *call.grant().community()));
        GUILDHALL_TRY(sponsor);
        const CommunityId id = locked.community.id;
        GUILDHALL_ASSIGN(Charter charter, GetCharter(work, id));
        GUILDHALL_TRY(resources::CheckEtag(request.charter().etag(), charter.version));
        GUILDHALL_TRY(Apply(mask, request.charter(), charter));
        ++charter.version;
        PutCharter(work, id, charter);
        changelog::Append(work, {.kind = change::v1::KIND_CHARTER_UPDATED,
                                 .key = id.uuid(),
                                 .resource = id.uuid(),
                                 .version = charter.version});
        GUILDHALL_ASSIGN(const std::vector<MemberId> leads,
                         ListLeads(work, call.grant(), kMaxLeads));
        return ToProto(id, charter, leads, call.now());
      });
}

}  // namespace guildhall::directory
