#include "libs/base/status_macros.h"
#include "libs/feeds/item_source.h"
#include "libs/feeds/wire.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/store/changed_items.h"

namespace guildhall::directory {
namespace {

bool IsMembership(change::v1::Kind kind) {
  return kind == change::v1::KIND_MEMBERSHIP_CREATED ||
         kind == change::v1::KIND_MEMBERSHIP_UPDATED || kind == change::v1::KIND_MEMBERSHIP_DELETED;
}

bool IsCommunity(change::v1::Kind kind) {
  return kind == change::v1::KIND_COMMUNITY_CREATED || kind == change::v1::KIND_COMMUNITY_UPDATED ||
         (kind >= change::v1::KIND_COMMUNITY_NARROWED_FROM_EMPLOYEES &&
          kind <= change::v1::KIND_COMMUNITY_WIDENED);
}

change::v1::Item ItemOf(const absl::flat_hash_map<CommunityId, Community>& found, CommunityId id) {
  change::v1::Item item;
  const auto community = found.find(id);
  if (community == found.end()) return item;
  item.set_community(feeds::BytesOf(id.uuid()));
  if (const auto& parent = community->second.parent) {
    item.set_parent(feeds::BytesOf(parent->uuid()));
  }
  item.set_resource(ToProto(community->second).SerializeAsString());
  return item;
}

// A membership that has ended is told, too.
change::v1::Item ItemOf(const absl::flat_hash_map<MembershipKey, Membership>& found,
                        const MembershipKey& key) {
  change::v1::Item item;
  item.set_community(feeds::BytesOf(key.first.uuid()));
  const auto membership = found.find(key);
  if (membership != found.end()) {
    item.set_resource(ToProto(key.first, membership->second).SerializeAsString());
  }
  return item;
}

absl::StatusOr<std::vector<change::v1::Item>> ReadItems(Directory& directory,
                                                        const postgres::Context& context,
                                                        std::span<const feeds::ItemKey> keys) {
  std::vector<CommunityId> communities;
  std::vector<MembershipKey> memberships;
  for (const feeds::ItemKey& key : keys) {
    if (IsCommunity(key.kind)) communities.emplace_back(key.key);
    if (IsMembership(key.kind)) memberships.emplace_back(key.key, key.resource);
  }
  GUILDHALL_ASSIGN(const auto found,
                   GetChangedCommunities(directory.database, context, communities));
  GUILDHALL_ASSIGN(const auto standing,
                   GetChangedMemberships(directory.database, context, memberships));
  std::vector<change::v1::Item> items;
  for (const feeds::ItemKey& key : keys) {
    items.push_back(IsCommunity(key.kind) ? ItemOf(found, CommunityId(key.key))
                    : IsMembership(key.kind)
                        ? ItemOf(standing, MembershipKey(key.key, key.resource))
                        : change::v1::Item());
  }
  return items;
}

}  // namespace

absl::StatusOr<change::v1::LoadItemsResponse> LoadItems(
    Directory& directory, const rpc::Call& call, const change::v1::LoadItemsRequest& request) {
  GUILDHALL_ASSIGN(const std::int64_t revision,
                   GetAccessRevision(directory.database, call.context()));
  GUILDHALL_ASSIGN(change::v1::LoadItemsResponse response,
                   feeds::LoadItems(request, [&](std::span<const feeds::ItemKey> keys) {
                     return ReadItems(directory, call.context(), keys);
                   }));
  response.set_access_revision(revision);
  return response;
}

}  // namespace guildhall::directory
