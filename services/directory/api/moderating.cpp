#include "services/directory/api/moderating.h"

#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "libs/rpc/times.h"
#include "services/directory/store/profile_removal_store.h"

namespace guildhall::directory {
namespace {

std::string PositionOf(const ProfileRemoval& removal) {
  return resources::PositionWriter().Time(removal.create_time).Id(removal.id).Take();
}

ProfileRemovalPosition PositionFrom(const rpc::Page& page) {
  ProfileRemovalPosition position;
  if (page.first()) return position;
  resources::PositionReader reader = page.position();
  position.create_time = reader.Time();
  position.id = reader.Id();
  return position;
}

}  // namespace

v1::ProfileRemoval ToProto(const ProfileRemoval& removal) {
  v1::ProfileRemoval out;
  out.set_member(resources::Name(removal.member));
  out.mutable_fields()->Assign(removal.fields.begin(), removal.fields.end());
  out.set_reason(removal.reason);
  out.set_remover(resources::Name(removal.remover));
  *out.mutable_create_time() = rpc::ToProto(removal.create_time);
  return out;
}

absl::StatusOr<ProfileRemovalPage> ReadProfileRemovals(Directory& directory, const rpc::Call& call,
                                                       const rpc::Page& page, MemberId member) {
  ProfileRemovalPage read;
  GUILDHALL_ASSIGN(read.removals, ReadProfileRemovals(directory.database, call.context(), member,
                                                      PositionFrom(page), page.to_fetch()));
  read.next_page_token = page.Cut(read.removals, PositionOf);
  return read;
}

}  // namespace guildhall::directory
