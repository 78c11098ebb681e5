#include "tools/import/source/expected.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace guildhall::importing {
namespace {

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

// "members/{id}" without what it begins with.
std::string_view IdOf(std::string_view name) { return name.substr(name.find('/') + 1); }

std::vector<std::string> ListOf(const auto& list) { return {list.begin(), list.end()}; }

}  // namespace

RecordHash::Digest ExpectedOf(const directory::v1::Member& member) {
  RecordHash hash;
  hash.Text(member.display_name()).Text(member.headline()).Text(member.location());
  hash.Text(member.time_zone()).Text(member.pronouns()).Texts(ListOf(member.skills()));
  hash.Texts(ListOf(member.interests())).Texts(ListOf(member.projects()));
  // No source tells working hours.
  hash.Texts(ListOf(member.languages())).Number(0);
  return hash.Finish();
}

RecordHash::Digest ExpectedOf(const directory::v1::Community& community) {
  RecordHash hash;
  hash.Text(community.display_name()).Text(community.description()).Text(community.location());
  return hash.Number(community.kind()).Finish();
}

RecordHash::Digest ExpectedOf(const directory::v1::ImportedMembership& membership) {
  RecordHash hash;
  hash.Text(IdOf(membership.community())).Text(IdOf(membership.member()));
  return hash.Number(membership.role()).Finish();
}

RecordHash::Digest ExpectedOf(const discussions::v1::ImportedTopic& topic) {
  RecordHash hash;
  hash.Text(topic.title()).Text(IdOf(topic.author())).Number(topic.kind());
  hash.Number(topic.praised_members_size());
  for (const std::string& member : topic.praised_members()) hash.Text(IdOf(member));
  return hash.Finish();
}

RecordHash::Digest ExpectedOf(const discussions::v1::ImportedPost& post,
                              const importing::v1::Outcome& outcome) {
  const auto& time = outcome.has_late_time() ? outcome.late_time() : post.create_time();
  return RecordHash().Text(IdOf(post.author())).Text(post.markdown()).Time(TimeOf(time)).Finish();
}

RecordHash::Digest ExpectedReactions(const discussions::v1::ImportedPost& post,
                                     const importing::v1::Outcome& outcome) {
  const std::set<int> missing(outcome.missing_reactions().begin(),
                              outcome.missing_reactions().end());
  std::vector<std::pair<std::string_view, int>> standing;
  for (int i = 0; i < post.reactions_size(); ++i) {
    if (missing.contains(i)) continue;
    standing.emplace_back(IdOf(post.reactions(i).member()), post.reactions(i).kind());
  }
  std::sort(standing.begin(), standing.end());
  RecordHash hash;
  for (const auto& [member, kind] : standing) hash.Text(member).Number(kind);
  return hash.Finish();
}

}  // namespace guildhall::importing
