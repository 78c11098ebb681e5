#pragma once

namespace guildhall::internal {
[[noreturn]] void CheckFailed(const char* file, int line, const char* condition);
}

// Aborts with the place and the condition when a programmer's assumption does not hold.
// Never for input: what a caller or a database can cause is a status.
#define GUILDHALL_CHECK(condition) \
  (static_cast<bool>(condition)    \
       ? (void)0                   \
       : ::guildhall::internal::CheckFailed(__FILE__, __LINE__, #condition))
