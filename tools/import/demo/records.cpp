#include "tools/import/demo/records.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/base/check.h"
#include "libs/base/strings.h"
#include "libs/resources/names.h"

namespace guildhall::demo {
namespace {

constexpr char kSource[] = "demo";

google::protobuf::Timestamp ToProto(absl::Time time) {
  return google::protobuf::util::TimeUtil::SecondsToTimestamp(absl::ToUnixSeconds(time));
}

template <typename List>
void Fill(const std::vector<std::string>& from, List* to) {
  to->Add(from.begin(), from.end());
}

// Gathers the records; knows the ids that it gave out.
class Recorder {
 public:
  Recorder(const Organization& organization, const Accounts& accounts)
      : organization_(organization), accounts_(accounts) {}

  Records Run() && {
    for (const Member& member : organization_.members) Add(member);
    for (const Community& community : organization_.communities) {
      Add(community);
      for (const Topic& topic : community.topics) Add(community, topic);
    }
    return std::move(records_);
  }

 private:
  MemberId IdOf(const Member& member) const {
    const auto account = accounts_.find(member.key);
    if (account != accounts_.end()) return account->second;
    return MemberId(ImportedUuid(member.joined, kSource, "member", member.key));
  }

  const Member& Find(const std::string& key) const {
    const Member* member = organization_.FindMember(key);
    GUILDHALL_CHECK(member != nullptr);
    return *member;
  }

  std::string NameOf(const std::string& key) const { return resources::Name(IdOf(Find(key))); }

  std::string NameOf(const Community& community) const {
    return resources::Name(
        CommunityId(ImportedUuid(community.founded, kSource, "community", community.key)));
  }

  void Add(const Member& member) {
    directory::v1::Member& record = records_.members.emplace_back();
    record.set_name(resources::Name(IdOf(member)));
    record.set_display_name(member.display_name);
    record.set_headline(member.headline);
    record.set_location(member.location);
    record.set_time_zone(member.time_zone);
    Fill(member.skills, record.mutable_skills());
    Fill(member.interests, record.mutable_interests());
    Fill(member.projects, record.mutable_projects());
    Fill(member.languages, record.mutable_languages());
    record.set_affiliation(member.affiliation);
    *record.mutable_create_time() = ToProto(member.joined);
  }

  void Add(const Community& community) {
    directory::v1::Community& record = records_.communities.emplace_back();
    record.set_name(NameOf(community));
    if (const Community* parent = organization_.FindCommunity(community.parent)) {
      record.set_parent(NameOf(*parent));
    }
    record.set_display_name(community.display_name);
    record.set_description(community.description);
    record.set_kind(community.kind);
    record.set_visibility(community.visibility);
    record.set_admits(community.admits);
    *record.mutable_create_time() = ToProto(community.founded);
    for (const Participant& participant : community.participants) {
      directory::v1::ImportedMembership& membership = records_.memberships.emplace_back();
      membership.set_community(record.name());
      membership.set_member(NameOf(participant.member));
      membership.set_role(participant.role);
      *membership.mutable_create_time() =
          ToProto(MembershipTime(community, Find(participant.member)));
    }
  }

  void Add(const Community& community, const Topic& topic) {
    const Post& first = topic.posts.front();
    const std::string key = absl::StrCat(community.key, "/", first.author);
    const TopicId id(ImportedUuid(first.time, kSource, "topic", key));
    discussions::v1::ImportedTopic& record = records_.topics.emplace_back();
    record.set_name(resources::Name(id));
    record.set_community(NameOf(community));
    record.set_title(topic.title);
    record.set_author(NameOf(first.author));
    *record.mutable_create_time() = ToProto(first.time);
    int number = 0;
    for (const Post& post : topic.posts) Add(id, ++number, post);
  }

  void Add(TopicId topic, int number, const Post& post) {
    const PostId id(
        ImportedUuid(post.time, kSource, "post", absl::StrCat(topic.ToString(), "/", number)));
    discussions::v1::ImportedPost& record = records_.posts.emplace_back();
    record.set_name(resources::PostName(topic, id));
    record.set_number(number);
    record.set_author(NameOf(post.author));
    record.set_markdown(post.markdown);
    *record.mutable_create_time() = ToProto(post.time);
  }

  const Organization& organization_;
  const Accounts& accounts_;
  Records records_;
};

}  // namespace

Records MakeRecords(const Organization& organization, const Accounts& accounts) {
  return Recorder(organization, accounts).Run();
}

}  // namespace guildhall::demo
