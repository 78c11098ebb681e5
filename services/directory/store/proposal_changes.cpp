#include "services/directory/store/proposal_changes.h"

#include <vector>

#include "guildhall/change/v1/change.pb.h"
#include "libs/changelog/change_log.h"

namespace guildhall::directory {
namespace {

int ChangeKind(ProposalKind kind, ProposalEvent event) {
  const bool request = kind == ProposalKind::kRequest;
  switch (event) {
    case ProposalEvent::kCreated:
      return request ? change::v1::KIND_JOIN_REQUEST_CREATED : change::v1::KIND_INVITATION_CREATED;
    case ProposalEvent::kUpdated:
      return request ? change::v1::KIND_JOIN_REQUEST_UPDATED : change::v1::KIND_INVITATION_UPDATED;
    case ProposalEvent::kDeleted:
      return request ? change::v1::KIND_JOIN_REQUEST_DELETED : change::v1::KIND_INVITATION_DELETED;
  }
  return change::v1::KIND_UNSPECIFIED;
}

}  // namespace

void AppendChange(postgres::Work& work, ProposalEvent event, const ProposalKey& key) {
  AppendChanges(work, event, {&key, 1});
}

void AppendChanges(postgres::Work& work, ProposalEvent event, std::span<const ProposalKey> keys) {
  std::vector<changelog::Change> changes;
  for (const ProposalKey& key : keys) {
    changes.push_back({.kind = ChangeKind(key.kind, event),
                       .key = key.community.uuid(),
                       .resource = key.member.uuid()});
  }
  changelog::Append(work, changes);
}

}  // namespace guildhall::directory
