#include "services/gateway/clients/change_loader.h"

#include <map>
#include <tuple>

#include "guildhall/change/v1/internal_item_service.pb.h"
#include "libs/base/status_macros.h"
#include "libs/feeds/item_source.h"
#include "libs/feeds/wire.h"
#include "libs/resources/names.h"
#include "services/gateway/domain/closed_places.h"

namespace guildhall::gateway {
namespace {

using change::v1::Kind;

constexpr char kLoadItems[] = "guildhall.change.v1.InternalItemService/LoadItems";

std::optional<Subject> SubjectOf(Kind kind) {
  switch (kind) {
    case change::v1::KIND_MEMBER_CREATED:
    case change::v1::KIND_MEMBER_UPDATED:
      return Subject::kMember;
    case change::v1::KIND_COMMUNITY_CREATED:
    case change::v1::KIND_COMMUNITY_UPDATED:
      return Subject::kCommunity;
    case change::v1::KIND_COMMUNITY_NARROWED_FROM_EMPLOYEES:
      return Subject::kNarrowedFromEmployees;
    case change::v1::KIND_COMMUNITY_NARROWED_FROM_EVERYONE:
      return Subject::kNarrowedFromEveryone;
    case change::v1::KIND_COMMUNITY_WIDENED:
      return Subject::kWidened;
    case change::v1::KIND_MEMBERSHIP_CREATED:
      return Subject::kMembershipCreated;
    case change::v1::KIND_MEMBERSHIP_UPDATED:
      return Subject::kMembershipUpdated;
    case change::v1::KIND_MEMBERSHIP_DELETED:
      return Subject::kMembershipDeleted;
    case change::v1::KIND_COMMUNITY_HIDDEN_FROM_MEMBER:
      return Subject::kHiddenFromMember;
    case change::v1::KIND_COMMUNITY_SHOWN_TO_MEMBER:
      return Subject::kShownToMember;
    case change::v1::KIND_JOIN_REQUEST_CREATED:
    case change::v1::KIND_JOIN_REQUEST_UPDATED:
    case change::v1::KIND_JOIN_REQUEST_DELETED:
      return Subject::kJoinRequest;
    case change::v1::KIND_INVITATION_CREATED:
    case change::v1::KIND_INVITATION_UPDATED:
    case change::v1::KIND_INVITATION_DELETED:
      return Subject::kInvitation;
    case change::v1::KIND_MUTE_CREATED:
    case change::v1::KIND_MUTE_DELETED:
      return Subject::kMute;
    case change::v1::KIND_CHARTER_UPDATED:
      return Subject::kCharter;
    case change::v1::KIND_TOPIC_CREATED:
    case change::v1::KIND_TOPIC_UPDATED:
    case change::v1::KIND_TOPIC_DELETED:
    case change::v1::KIND_POST_CREATED:
    case change::v1::KIND_POST_UPDATED:
    case change::v1::KIND_POST_DELETED:
    case change::v1::KIND_POST_COUNTED:
    case change::v1::KIND_POST_RESTORED:
    case change::v1::KIND_POLL_COUNTED:
      return Subject::kContent;
    case change::v1::KIND_TOPIC_LEFT:
      return Subject::kTopicLeft;
    case change::v1::KIND_TOPIC_MOVED:
    case change::v1::KIND_TOPIC_RESTORED:
    case change::v1::KIND_POSTS_MOVED:
      return Subject::kTopicMoved;
    default:
      return std::nullopt;  // of accounts and sessions, or newer than this gateway
  }
}

// Whether the change alone tells everything.
bool NeedsItem(Subject subject) {
  return subject == Subject::kContent || subject == Subject::kTopicMoved ||
         subject == Subject::kCommunity || subject == Subject::kMembershipCreated ||
         subject == Subject::kMembershipUpdated;
}

// Whether it makes the members another number.
bool IsCounted(Subject subject) {
  return subject == Subject::kMembershipCreated || subject == Subject::kMembershipDeleted;
}

bool IsMembership(Subject subject) {
  return IsCounted(subject) || subject == Subject::kMembershipUpdated;
}

bool IsProposal(Subject subject) {
  return subject == Subject::kJoinRequest || subject == Subject::kInvitation;
}

bool IsBan(Subject subject) {
  return subject == Subject::kHiddenFromMember || subject == Subject::kShownToMember;
}

// Where it happened, when the change alone says it: most name their community by their key.
CommunityId PlaceOf(Subject subject, const Uuid& key, const Uuid& resource) {
  if (subject == Subject::kMember) return {};
  return CommunityId(subject == Subject::kTopicLeft ? resource : key);
}

std::string NameOf(Subject subject, Kind kind, const Uuid& key, const Uuid& resource) {
  switch (subject) {
    case Subject::kContent:
      return IsPost(kind) ? resources::PostName(TopicId(key), PostId(resource))
                          : resources::Name(TopicId(key));
    case Subject::kTopicLeft:
    case Subject::kTopicMoved:
      return resources::Name(TopicId(key));
    case Subject::kMembershipCreated:
    case Subject::kMembershipUpdated:
    case Subject::kMembershipDeleted:
      return resources::MembershipName(CommunityId(key), MemberId(resource));
    case Subject::kHiddenFromMember:
    case Subject::kShownToMember:
      return resources::BanName(CommunityId(key), MemberId(resource));
    case Subject::kJoinRequest:
      return resources::JoinRequestName(CommunityId(key), MemberId(resource));
    case Subject::kInvitation:
      return resources::InvitationName(CommunityId(key), MemberId(resource));
    case Subject::kMute:
      return resources::MuteName(CommunityId(key), MemberId(resource));
    case Subject::kMember:
      return resources::Name(MemberId(resource));
    default:
      return resources::Name(CommunityId(key));
  }
}

struct Asked {
  Kind kind;
  Uuid key, resource;
  // Kinds of one resource are read alike.
  auto Sorted() const {
    const auto subject = SubjectOf(kind);
    return std::tuple(subject, IsPost(kind), key.bytes, resource.bytes);
  }
  bool operator<(const Asked& other) const { return Sorted() < other.Sorted(); }
};
using Items = std::map<Asked, change::v1::Item>;

absl::Status LoadInto(rpc::Client& producer, const rpc::Context& context, Items& items,
                      std::int64_t& revision) {
  using Response = change::v1::LoadItemsResponse;
  for (auto next = items.begin(); next != items.end();) {
    change::v1::LoadItemsRequest request;
    for (auto it = next; it != items.end() && request.refs_size() < feeds::kMostItems; ++it) {
      change::v1::ItemRef& ref = *request.add_refs();
      ref.set_kind(it->first.kind);
      ref.set_key(feeds::BytesOf(it->first.key));
      ref.set_resource(feeds::BytesOf(it->first.resource));
    }
    GUILDHALL_ASSIGN(Response response, producer.Call<Response>(kLoadItems, request, context));
    if (response.items_size() == 0 || response.items_size() > request.refs_size()) {
      return absl::InternalError("LoadItems answered another number of items");
    }
    for (change::v1::Item& item : *response.mutable_items()) (next++)->second = std::move(item);
    revision = response.access_revision();
  }
  return absl::OkStatus();
}

// The change as it is told; nothing when there is nothing to tell.
std::optional<LoadedChange> ChangeOf(const changelog::Entry& entry, Kind kind, Subject subject,
                                     const Uuid& resource, const Items& items) {
  const Uuid& key = entry.change.key;
  LoadedChange told{.place = {entry.place.xid, entry.place.n},
                    .time = entry.time,
                    .kind = kind,
                    .facts = {.subject = subject, .community = PlaceOf(subject, key, resource)},
                    .name = NameOf(subject, kind, key, resource)};
  if (IsMembership(subject) || IsProposal(subject) || IsBan(subject) || subject == Subject::kMute ||
      subject == Subject::kMember) {
    told.facts.member = MemberId(resource);
  }
  if (!NeedsItem(subject)) return told;
  const auto item = items.find({kind, key, resource});
  if (item == items.end()) return std::nullopt;
  const std::optional<Uuid> community = feeds::UuidFromBytes(item->second.community());
  if (!community) return std::nullopt;
  told.facts.community = CommunityId(*community);
  if (const auto parent = feeds::UuidFromBytes(item->second.parent())) {
    told.facts.parent = CommunityId(*parent);
  }
  told.resource = item->second.resource();
  return told;
}

}  // namespace

bool IsPost(Kind kind) {
  return (kind >= change::v1::KIND_POST_CREATED && kind <= change::v1::KIND_POST_DELETED) ||
         kind == change::v1::KIND_POST_COUNTED || kind == change::v1::KIND_POST_RESTORED;
}

absl::StatusOr<LoadedPage> ChangeLoader::Load(const Place& from, const changelog::Page& page,
                                              const rpc::Context& context) const {
  LoadedPage loaded{.end = {page.end.incarnation, {page.end.place.xid, page.end.place.n}},
                    .more = page.more,
                    .reset = page.reset};
  Items items;
  for (const changelog::Entry& entry : page.entries) {
    const Kind kind = static_cast<Kind>(entry.change.kind);
    const auto subject = SubjectOf(kind);
    if (!subject) continue;
    const Uuid& key = entry.change.key;
    if (NeedsItem(*subject)) items[{kind, key, entry.change.resource}];
    // Of a ban nothing is told but who loses or gains; it is asked about so that the decision waits
    // for facts that know of it.
    if (IsCounted(*subject) || IsBan(*subject)) {
      items[{change::v1::KIND_COMMUNITY_UPDATED, key, key}];
    }
  }
  GUILDHALL_TRY(LoadInto(producer_, context, items, loaded.access_revision));
  std::vector<Place> places;
  for (const changelog::Entry& entry : page.entries) {
    const Kind kind = static_cast<Kind>(entry.change.kind);
    const auto subject = SubjectOf(kind);
    const auto add = [&](std::optional<LoadedChange> told) {
      if (!told) return;
      places.push_back(told->place);
      loaded.changes.push_back(*std::move(told));
    };
    if (!subject) continue;
    add(ChangeOf(entry, kind, *subject, entry.change.resource, items));
    if (IsCounted(*subject)) {
      add(ChangeOf(entry, change::v1::KIND_COMMUNITY_UPDATED, Subject::kCommunity, entry.change.key,
                   items));
    }
  }
  const std::vector<Place> told = ToldPlaces(from, places);
  for (std::size_t i = 0; i < told.size(); ++i) loaded.changes[i].told = told[i];
  return loaded;
}

}  // namespace guildhall::gateway
