#include "tools/import/demo/records.h"

#include <google/protobuf/util/time_util.h>

#include "libs/resources/names.h"

namespace guildhall::demo {
namespace {

google::protobuf::Timestamp ToProto(absl::Time time) {
  return google::protobuf::util::TimeUtil::SecondsToTimestamp(absl::ToUnixSeconds(time));
}

template <typename List>
void Fill(const std::vector<std::string>& from, List* to) {
  to->Add(from.begin(), from.end());
}

// Gathers the records.
class Recorder {
 public:
  Recorder(const Organization& organization, const Names& names)
      : organization_(organization), names_(names) {}

  Records Run() && {
    for (const Member& member : organization_.members) Add(member);
    for (const Community& community : organization_.communities) {
      Add(community);
      for (const Topic& topic : community.topics) Add(community, topic);
    }
    return std::move(records_);
  }

 private:
  void Add(const Member& member) {
    directory::v1::Member& record = records_.members.emplace_back();
    record.set_name(names_.OfMember(member.key));
    record.set_display_name(member.display_name);
    record.set_headline(member.headline);
    record.set_location(member.location);
    record.set_time_zone(member.time_zone);
    Fill(member.skills, record.mutable_skills());
    Fill(member.interests, record.mutable_interests());
    Fill(member.projects, record.mutable_projects());
    Fill(member.languages, record.mutable_languages());
    record.set_pronouns(member.pronouns);
    record.mutable_working_hours()->Add(member.hours.begin(), member.hours.end());
    record.set_affiliation(member.affiliation);
    *record.mutable_create_time() = ToProto(member.joined);
  }

  void Add(const Community& community) {
    directory::v1::Community& record = records_.communities.emplace_back();
    record.set_name(names_.OfCommunity(community.key));
    if (!community.parent.empty()) record.set_parent(names_.OfCommunity(community.parent));
    const bool renamed = !community.former_name.empty();
    record.set_display_name(renamed ? community.former_name : community.display_name);
    record.set_location(community.location);
    record.set_description(community.description);
    record.set_kind(community.kind);
    record.set_visibility(community.visibility);
    record.set_admits(community.admits);
    *record.mutable_create_time() = ToProto(community.founded);
    for (const Participant& participant : community.participants) {
      directory::v1::ImportedMembership& membership = records_.memberships.emplace_back();
      membership.set_community(record.name());
      membership.set_member(names_.OfMember(participant.member));
      membership.set_role(participant.role);
      *membership.mutable_create_time() =
          ToProto(MembershipTime(community, *organization_.FindMember(participant.member)));
    }
  }

  void Add(const Community& community, const Topic& topic) {
    const Post& first = topic.posts.front();
    discussions::v1::ImportedTopic& record = records_.topics.emplace_back();
    record.set_name(resources::Name(names_.IdOf(community, topic)));
    record.set_community(names_.OfCommunity(community.key));
    record.set_title(topic.title);
    record.set_author(names_.OfMember(first.author));
    *record.mutable_create_time() = ToProto(first.time);
    record.set_kind(topic.kind);
    for (const std::string& key : topic.praised) {
      record.add_praised_members(names_.OfMember(key));
    }
    record.set_pinned(topic.pinned);
    if (!topic.closer.empty()) record.set_closer(names_.OfMember(topic.closer));
    for (int number = 1; number <= static_cast<int>(topic.posts.size()); ++number) {
      Add(community, topic, number);
    }
  }

  void Add(const Community& community, const Topic& topic, int number) {
    const Post& post = topic.posts[static_cast<std::size_t>(number) - 1];
    discussions::v1::ImportedPost& record = records_.posts.emplace_back();
    record.set_name(names_.OfPost(community, topic, number));
    record.set_number(number);
    record.set_author(names_.OfMember(post.author));
    record.set_markdown(post.markdown);
    *record.mutable_create_time() = ToProto(post.time);
    record.set_reply_to_number(post.reply_to);
    record.set_accepted(topic.answer == number);
    for (const Reaction& reaction : post.reactions) {
      discussions::v1::ImportedReaction& made = *record.add_reactions();
      made.set_member(names_.OfMember(reaction.member));
      made.set_kind(reaction.kind);
    }
  }

  const Organization& organization_;
  const Names& names_;
  Records records_;
};

}  // namespace

Records MakeRecords(const Organization& organization, const Accounts& accounts) {
  const Names names(organization, accounts);
  return Recorder(organization, names).Run();
}

}  // namespace guildhall::demo
