#include "services/directory/api/directory.h"
#include "services/directory/domain/template.h"

namespace guildhall::directory {

absl::StatusOr<v1::ListCommunityTemplatesResponse> ListCommunityTemplates(
    Directory&, const rpc::Call&, const v1::ListCommunityTemplatesRequest&) {
  v1::ListCommunityTemplatesResponse response;
  for (const Template& each : Templates()) {
    v1::CommunityTemplate& out = *response.add_templates();
    out.set_kind(static_cast<v1::CommunityKind>(each.kind));
    out.set_visibility(static_cast<v1::Visibility>(each.visibility));
    out.set_admits(static_cast<v1::Admits>(each.admits));
    out.set_cadence(std::string(each.cadence));
    out.mutable_review_interval()->set_seconds(absl::ToInt64Seconds(each.review_interval));
    out.set_welcome(std::string(each.welcome));
    out.set_asks_location(each.asks_location);
  }
  return response;
}

}  // namespace guildhall::directory
