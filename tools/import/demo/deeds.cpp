#include "tools/import/demo/deeds.h"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/time_util.h>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "guildhall/directory/v1/ban_service.pb.h"
#include "guildhall/directory/v1/charter_service.pb.h"
#include "guildhall/directory/v1/directory_service.pb.h"
#include "guildhall/directory/v1/invitation_service.pb.h"
#include "guildhall/directory/v1/join_request_service.pb.h"
#include "guildhall/discussions/v1/moderation_service.pb.h"
#include "libs/base/check.h"
#include "libs/resources/etag.h"
#include "libs/resources/names.h"
#include "tools/import/demo/lately.h"

namespace guildhall::demo {
namespace {

using directory::v1::Role;

// Versions of what nobody has touched: a charter that nobody has written, a community, topic or
// post as it was imported. What was touched is left alone.
constexpr int kUnwritten = 0;
constexpr int kAsImported = 1;

// A topic is imported before the answer to it, with which it changes.
int VersionOf(const Topic& topic) { return topic.answer > 0 ? kAsImported + 1 : kAsImported; }

class Doer {
 public:
  Doer(const Organization& organization, const Names& names)
      : organization_(organization), names_(names) {}

  std::vector<Deed> Run() && {
    for (const Community& community : organization_.communities) {
      if (!community.former_name.empty()) Rename(community);
      if (community.charter.written()) Write(community);
      for (const Note& note : community.requests) Ask(community, note);
      for (const Note& note : community.declined_requests) {
        Ask(community, note);
        Decline(community, note);
      }
      for (const Note& note : community.invitations) Invite(community, note);
      for (const Note& note : community.bans) Ban(community, note);
      for (const Topic& topic : community.topics) KeepOrder(community, topic);
    }
    return std::move(deeds_);
  }

 private:
  // `request` lacks nothing but its request id, which is made of what it is about.
  template <typename Request>
  void Do(const Member* who, std::string_view method, Request request,
          std::vector<std::string_view> done_reasons) {
    GUILDHALL_CHECK(who != nullptr);
    std::string told = absl::StrCat(who->email, "\n", std::string(method), "\n");
    std::string json;
    GUILDHALL_CHECK(google::protobuf::util::MessageToJsonString(request, &json).ok());
    const std::string id =
        DemoId(organization_.members.front().joined, "deed", told + json).ToString();
    request.set_request_id(id);
    json.clear();
    GUILDHALL_CHECK(google::protobuf::util::MessageToJsonString(request, &json).ok());
    // Where something rests by now, it was done before that.
    done_reasons.push_back("COMMUNITY_ARCHIVED");
    deeds_.push_back({id, who->email, std::string(method), json, std::move(done_reasons)});
  }

  void Rename(const Community& community) {
    directory::v1::UpdateCommunityRequest request;
    request.mutable_community()->set_name(names_.OfCommunity(community.key));
    request.mutable_community()->set_etag(resources::Etag(kAsImported));
    request.mutable_community()->set_display_name(community.display_name);
    request.mutable_update_mask()->add_paths("display_name");
    Do(WhoOwns(organization_, community), "directory.v1.DirectoryService/UpdateCommunity", request,
       {"ETAG_STALE"});
  }

  void Write(const Community& community) {
    const Charter& written = community.charter;
    directory::v1::UpdateCharterRequest request;
    directory::v1::Charter& charter = *request.mutable_charter();
    charter.set_community(names_.OfCommunity(community.key));
    charter.set_etag(resources::Etag(kUnwritten));
    charter.set_purpose(written.purpose);
    charter.set_cadence(written.cadence);
    charter.set_welcome(written.welcome);
    for (const char* path : {"purpose", "cadence", "welcome"}) {
      request.mutable_update_mask()->add_paths(path);
    }
    if (!written.sponsor.empty()) {
      charter.set_sponsor(names_.OfMember(written.sponsor));
      request.mutable_update_mask()->add_paths("sponsor");
    }
    if (written.review) {
      *charter.mutable_review_time() = google::protobuf::util::TimeUtil::SecondsToTimestamp(
          absl::ToUnixSeconds(*written.review));
      request.mutable_update_mask()->add_paths("review_time");
    }
    Do(WhoOwns(organization_, community), "directory.v1.CharterService/UpdateCharter", request,
       {"ETAG_STALE"});
  }

  void Ask(const Community& community, const Note& note) {
    directory::v1::CreateJoinRequestRequest request;
    request.set_parent(names_.OfCommunity(community.key));
    request.mutable_join_request()->set_message(note.text);
    Do(organization_.FindMember(note.member), "directory.v1.JoinRequestService/CreateJoinRequest",
       request, {"ALREADY_PENDING", "DECLINED_BEFORE", "ALREADY_MEMBER"});
  }

  void Decline(const Community& community, const Note& note) {
    directory::v1::DeclineJoinRequestRequest request;
    request.set_name(resources::JoinRequestName(names_.IdOfCommunity(community.key),
                                                names_.IdOfMember(note.member)));
    Do(Orderly(community), "directory.v1.JoinRequestService/DeclineJoinRequest", request,
       {"DECLINED_BEFORE", "NOT_FOUND"});
  }

  void Invite(const Community& community, const Note& note) {
    directory::v1::CreateInvitationRequest request;
    request.set_parent(names_.OfCommunity(community.key));
    request.mutable_invitation()->set_member(names_.OfMember(note.member));
    request.mutable_invitation()->set_message(note.text);
    Do(Orderly(community), "directory.v1.InvitationService/CreateInvitation", request,
       {"ALREADY_PENDING", "DECLINED_BEFORE", "ALREADY_MEMBER", "MEMBER_BANNED"});
  }

  void Ban(const Community& community, const Note& note) {
    directory::v1::CreateBanRequest request;
    request.set_parent(names_.OfCommunity(community.key));
    request.mutable_ban()->set_member(names_.OfMember(note.member));
    request.mutable_ban()->set_reason(note.text);
    Do(Orderly(community), "directory.v1.BanService/CreateBan", request, {"ALREADY_BANNED"});
  }

  void KeepOrder(const Community& community, const Topic& topic) {
    const std::string name = resources::Name(names_.IdOf(community, topic));
    for (int number = 1; number <= static_cast<int>(topic.posts.size()); ++number) {
      const Post& post = topic.posts[static_cast<std::size_t>(number) - 1];
      if (post.removed.empty()) continue;
      discussions::v1::RemovePostRequest request;
      request.set_name(names_.OfPost(community, topic, number));
      request.set_reason(post.removed);
      request.set_etag(resources::Etag(kAsImported));
      Do(Orderly(community), "discussions.v1.ModerationService/RemovePost", request, kGone);
    }
    if (!topic.moved_to.empty()) {
      discussions::v1::MoveTopicRequest request;
      request.set_name(name);
      request.set_destination(names_.OfCommunity(topic.moved_to));
      request.set_etag(resources::Etag(VersionOf(topic)));
      Do(WhoMoves(organization_, community, *organization_.FindCommunity(topic.moved_to)),
         "discussions.v1.ModerationService/MoveTopic", request, kGone);
    }
    if (!topic.removed.empty()) {
      discussions::v1::RemoveTopicRequest request;
      request.set_name(name);
      request.set_reason(topic.removed);
      request.set_etag(resources::Etag(VersionOf(topic)));
      Do(Orderly(community), "discussions.v1.ModerationService/RemoveTopic", request, kGone);
    }
  }

  const Member* Orderly(const Community& community) const {
    return WhoActs(organization_, community, Role::ROLE_MODERATOR);
  }

  inline static const std::vector<std::string_view> kGone = {"ETAG_STALE", "NOT_FOUND"};

  const Organization& organization_;
  const Names& names_;
  std::vector<Deed> deeds_;
};

}  // namespace

std::vector<Deed> MakeDeeds(const Organization& organization, const Accounts& accounts) {
  const Names names(organization, accounts);
  std::vector<Deed> deeds = Doer(organization, names).Run();
  for (Deed& deed : MakeLately(organization, names)) deeds.push_back(std::move(deed));
  return deeds;
}

std::string ToJson(const std::vector<Deed>& deeds) {
  nlohmann::json list = nlohmann::json::array();
  for (const Deed& deed : deeds) {
    list.push_back({{"id", deed.id},
                    {"email", deed.email},
                    {"method", deed.method},
                    {"request", nlohmann::json::parse(deed.request)},
                    {"doneReasons", deed.done_reasons}});
  }
  return list.dump(2) + "\n";
}

const Member* WhoActs(const Organization& organization, const Community& community, Role least) {
  for (const Participant& participant : community.participants) {
    const Member* member = organization.FindMember(participant.member);
    if (member != nullptr && !member->email.empty() && participant.role >= least) return member;
  }
  return nullptr;
}

const Member* WhoMoves(const Organization& organization, const Community& from,
                       const Community& to) {
  for (const Participant& participant : from.participants) {
    const Member* member = organization.FindMember(participant.member);
    if (member != nullptr && !member->email.empty() && participant.role >= Role::ROLE_MODERATOR &&
        to.RoleOf(participant.member) >= Role::ROLE_MODERATOR) {
      return member;
    }
  }
  return nullptr;
}

const Member* WhoOwns(const Organization& organization, const Community& community) {
  const Community* at = &community;
  for (; at != nullptr; at = organization.FindCommunity(at->parent)) {
    if (const Member* owner = WhoActs(organization, *at, Role::ROLE_OWNER)) return owner;
  }
  return nullptr;
}

}  // namespace guildhall::demo
