#include "libs/feeds/item_source.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/feeds/wire.h"

namespace guildhall::feeds {
namespace {

absl::StatusOr<std::vector<ItemKey>> KeysFrom(const change::v1::LoadItemsRequest& request) {
  if (request.refs_size() > kMostItems) {
    return WrongField("refs", absl::StrCat("takes at most ", kMostItems));
  }
  std::vector<ItemKey> keys;
  for (const change::v1::ItemRef& ref : request.refs()) {
    const std::optional<Uuid> key = UuidFromBytes(ref.key());
    const std::optional<Uuid> resource = UuidFromBytes(ref.resource());
    if (!key || !resource) return WrongField("refs", "names ids of 16 bytes");
    keys.push_back({ref.kind(), *key, *resource});
  }
  return keys;
}

}  // namespace

absl::StatusOr<change::v1::LoadItemsResponse> LoadItems(const change::v1::LoadItemsRequest& request,
                                                        const ItemReader& read) {
  GUILDHALL_ASSIGN(const std::vector<ItemKey> keys, KeysFrom(request));
  change::v1::LoadItemsResponse response;
  std::size_t size = 0;
  for (std::span<const ItemKey> rest = keys; !rest.empty() && size < Count(kEnoughItems);) {
    const auto slice = rest.first(std::min<std::size_t>(rest.size(), kItemsAtOnce));
    rest = rest.subspan(slice.size());
    GUILDHALL_ASSIGN(std::vector<change::v1::Item> items, read(slice));
    for (change::v1::Item& item : items) {
      if (size >= Count(kEnoughItems)) break;
      size += item.ByteSizeLong();
      *response.add_items() = std::move(item);
    }
  }
  return response;
}

}  // namespace guildhall::feeds
