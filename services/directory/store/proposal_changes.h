#pragma once

#include <span>

#include "libs/postgres/work.h"
#include "services/directory/store/proposal_store.h"

namespace guildhall::directory {

// What happened to a request or an invitation.
enum class ProposalEvent { kCreated, kUpdated, kDeleted };

// Append such changes in the transaction of their effect, ordered by their community: late, and
// several in one order of communities.
void AppendChange(postgres::Work& work, ProposalEvent event, const ProposalKey& key);
void AppendChanges(postgres::Work& work, ProposalEvent event, std::span<const ProposalKey> keys);

}  // namespace guildhall::directory
