#pragma once

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Leaves the function with the status of `expression` unless it is OK.
#define GUILDHALL_TRY(expression)                                   \
  do {                                                              \
    if (absl::Status try_status = (expression); !try_status.ok()) { \
      return try_status;                                            \
    }                                                               \
  } while (false)

// Declares `target` from the value of a StatusOr, or leaves the function with its status:
//   GUILDHALL_ASSIGN(const Topic topic, store.GetTopic(grant, id));
#define GUILDHALL_ASSIGN(target, expression) \
  GUILDHALL_ASSIGN_AS(GUILDHALL_JOIN(assign_, __LINE__), target, expression)
#define GUILDHALL_ASSIGN_AS(result, target, expression) \
  auto result = (expression);                           \
  if (!result.ok()) return std::move(result).status();  \
  target = *std::move(result)
#define GUILDHALL_JOIN(a, b) GUILDHALL_JOIN_NOW(a, b)
#define GUILDHALL_JOIN_NOW(a, b) a##b
