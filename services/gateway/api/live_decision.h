#pragma once

#include "libs/access/facts.h"
#include "services/gateway/domain/live_change.h"

namespace guildhall::gateway {

// Decides from what is true now, not when the change happened. `answer` is about the listener and
// the change's community, `parent` about the community above; null where there is none. The caller
// has found the session alive. Pure. Nobody is told of a community that it never could see.
Told Decide(const ChangeFacts& change, MemberId listener, const access::Answer& answer,
            const access::Answer* parent);

}  // namespace guildhall::gateway
