#pragma once

#include "libs/base/bytes.h"

namespace guildhall::discussions {

// How much comes at once where posts are read.

// Of ListPosts and BatchGetPosts: what would hold more ends before the post that exceeds it, unless
// that is its first (which renders to 1 MiB at most). Clients of gRPC take 4 MiB unless they are
// told otherwise.
inline constexpr Bytes kMostPageBytes = MiB(1);

}  // namespace guildhall::discussions
