#include "tools/import/zulip/write/records.h"

#include <utility>

#include "libs/resources/names.h"

namespace guildhall::zulip {
namespace {

void Put(absl::Time time, google::protobuf::Timestamp* timestamp) {
  timestamp->set_seconds(absl::ToUnixSeconds(time));
}

}  // namespace

std::vector<directory::v1::Member> MembersOf(const Plan& plan) {
  std::vector<directory::v1::Member> members;
  for (const ImportedPerson& person : plan.people) {
    directory::v1::Member& member = members.emplace_back();
    member.set_name(resources::Name(person.id));
    member.set_display_name(person.name);
    member.set_affiliation(directory::v1::AFFILIATION_EMPLOYEE);
    Put(person.first_post, member.mutable_create_time());
  }
  return members;
}

std::vector<directory::v1::Community> CommunitiesOf(const Plan& plan) {
  std::vector<directory::v1::Community> communities;
  for (const ImportedStream& stream : plan.streams) {
    if (stream.participants.empty()) continue;
    directory::v1::Community& community = communities.emplace_back();
    community.set_name(resources::Name(stream.id));
    community.set_display_name(stream.name);
    community.set_kind(directory::v1::COMMUNITY_KIND_INTEREST);
    community.set_visibility(directory::v1::VISIBILITY_OPEN);
    community.set_admits(directory::v1::ADMITS_EMPLOYEES);
    Put(stream.first_post, community.mutable_create_time());
  }
  return communities;
}

std::vector<directory::v1::ImportedMembership> MembershipsOf(const Plan& plan) {
  std::vector<directory::v1::ImportedMembership> memberships;
  for (const ImportedStream& stream : plan.streams) {
    for (const ImportedParticipant& participant : stream.participants) {
      const bool is_first = &participant == &stream.participants.front();
      directory::v1::ImportedMembership& membership = memberships.emplace_back();
      membership.set_community(resources::Name(stream.id));
      membership.set_member(resources::Name(participant.person));
      membership.set_role(is_first ? directory::v1::ROLE_OWNER : directory::v1::ROLE_MEMBER);
      Put(participant.first_post, membership.mutable_create_time());
    }
  }
  return memberships;
}

std::vector<discussions::v1::ImportedTopic> TopicsOf(const Plan& plan) {
  std::vector<discussions::v1::ImportedTopic> topics;
  for (const Plan::Topic& planned : plan.topics) {
    if (planned.files == 0) continue;
    discussions::v1::ImportedTopic& topic = topics.emplace_back();
    topic.set_name(resources::Name(planned.imported.id));
    topic.set_community(resources::Name(planned.imported.community));
    topic.set_title(planned.imported.title);
    topic.set_author(resources::Name(planned.imported.author));
    Put(planned.imported.first_post, topic.mutable_create_time());
  }
  return topics;
}

std::vector<discussions::v1::ImportedPost> PostsOf(ImportedPosts topic) {
  std::vector<discussions::v1::ImportedPost> posts;
  for (ImportedPost& imported : topic.posts) {
    discussions::v1::ImportedPost& post = posts.emplace_back();
    post.set_name(resources::PostName(topic.topic, imported.id));
    post.set_number(imported.number);
    post.set_author(resources::Name(imported.author));
    post.set_markdown(std::move(imported.markdown));
    Put(imported.time, post.mutable_create_time());
  }
  return posts;
}

}  // namespace guildhall::zulip
