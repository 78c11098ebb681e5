#include "services/directory/store/proposal_changes.h"

#include "guildhall/change/v1/change.pb.h"

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
  changelog::Append(work, ChangesOf(event, {&key, 1}));
}

std::vector<changelog::Change> ChangesOf(ProposalEvent event, std::span<const ProposalKey> keys) {
  std::vector<changelog::Change> changes;
  for (const ProposalKey& key : keys) {
    changes.push_back({.kind = ChangeKind(key.kind, event),
                       .key = key.community.uuid(),
                       .resource = key.member.uuid()});
  }
  return changes;
}

}  // namespace guildhall::directory
