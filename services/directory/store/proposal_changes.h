#pragma once

#include <span>
#include <vector>

#include "libs/changelog/change_log.h"
#include "services/directory/store/proposal_store.h"

namespace guildhall::directory {

// What happened to a request or an invitation.
enum class ProposalEvent { kCreated, kUpdated, kDeleted };

// Appends such a change in the transaction of its effect, ordered by its community: late.
void AppendChange(postgres::Work& work, ProposalEvent event, const ProposalKey& key);

// Such changes, to be appended with all others of their transaction at once.
std::vector<changelog::Change> ChangesOf(ProposalEvent event, std::span<const ProposalKey> keys);

}  // namespace guildhall::directory
