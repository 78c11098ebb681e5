#include "services/directory/api/charters.h"

#include "libs/resources/etag.h"
#include "libs/resources/names.h"
#include "libs/rpc/times.h"

namespace guildhall::directory {

v1::Charter ToProto(CommunityId community, const Charter& charter,
                    const std::vector<MemberId>& leads, absl::Time now) {
  v1::Charter out;
  out.set_community(resources::Name(community));
  out.set_purpose(charter.purpose);
  if (charter.sponsor) out.set_sponsor(resources::Name(*charter.sponsor));
  out.set_cadence(charter.cadence);
  out.set_welcome(charter.welcome);
  if (charter.review_time) *out.mutable_review_time() = rpc::ToProto(*charter.review_time);
  out.set_review_overdue(IsReviewOverdue(charter, now));
  out.set_etag(resources::Etag(charter.version));
  for (const MemberId lead : leads) out.add_leads(resources::Name(lead));
  return out;
}

}  // namespace guildhall::directory
