#pragma once

#include <functional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "guildhall/change/v1/internal_item_service.pb.h"
#include "libs/base/bytes.h"
#include "libs/base/uuid.h"

namespace guildhall::feeds {

// What a change is about.
struct ItemKey {
  change::v1::Kind kind = change::v1::KIND_UNSPECIFIED;
  Uuid key;
  Uuid resource;
};

// Reads some items in their order; of kinds that the service does not have, empty ones.
using ItemReader =
    std::function<absl::StatusOr<std::vector<change::v1::Item>>(std::span<const ItemKey> keys)>;

// Most items of one call.
inline constexpr int kMostItems = 1000;
// Items are read in slices of this many, and none is begun after an answer of that size: gRPC takes
// messages up to 4 MiB, and the largest post with its HTML has a few hundred KiB.
inline constexpr int kItemsAtOnce = 100;
inline constexpr Bytes kEnoughItems = MiB(2);

// The handler of InternalItemService/LoadItems over a reader. Fails with FIELD_INVALID and with
// what the reader fails with.
absl::StatusOr<change::v1::LoadItemsResponse> LoadItems(const change::v1::LoadItemsRequest& request,
                                                        const ItemReader& read);

}  // namespace guildhall::feeds
