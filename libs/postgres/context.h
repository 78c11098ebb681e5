#pragma once

#include <string_view>

#include "libs/base/cancellation.h"
#include "libs/base/deadline.h"

namespace guildhall::postgres {

// What a statement needs to know of the call that it serves. Whatever it points to outlives the
// statement.
struct Context {
  Deadline deadline;                     // every wait ends here with DEADLINE_PASSED
  Cancellation* cancellation = nullptr;  // or as soon as this is cancelled
  std::string_view traceparent;          // W3C; empty when the call is not traced
};

}  // namespace guildhall::postgres
