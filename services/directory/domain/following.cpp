#include "services/directory/domain/following.h"

namespace guildhall::directory {
namespace {

void AddTo(RecordHash& hash, const Profile& profile) {
  hash.Text(profile.display_name).Text(profile.headline).Text(profile.location);
  hash.Text(profile.time_zone).Text(profile.pronouns).Texts(profile.skills);
  hash.Texts(profile.interests).Texts(profile.projects).Texts(profile.languages);
  hash.Number(static_cast<std::int64_t>(profile.working_hours.size()));
  for (const WorkingHours& time : profile.working_hours) {
    hash.Number(time.start_minute).Number(time.end_minute);
  }
}

void AddTo(RecordHash& hash, const Community& community) {
  hash.Text(community.profile.display_name).Text(community.profile.description);
  hash.Text(community.profile.location).Number(static_cast<int>(community.kind));
}

RecordHash::Digest ReplacedDigest(const auto& record) {
  RecordHash hash;
  AddTo(hash, record);
  return hash.Finish();
}

Following FollowRecord(const auto& sent, const auto& standing,
                       const std::optional<ImportMark>& mark, std::int64_t version) {
  Following following;
  following.result = Follow(ReplacedDigest(sent), ReplacedDigest(standing), mark, version);
  const bool brought = following.result == ImportResult::kUpdated;
  const bool same = following.result == ImportResult::kUnchanged;
  if (brought || (same && mark && *mark != MarkOf(sent))) following.mark = MarkOf(sent);
  return following;
}

ImportOutcome Refused(std::string sentence) {
  return {.result = ImportResult::kRefused, .sentence = std::move(sentence)};
}

}  // namespace

ImportMark MarkOf(const Profile& profile) { return {HalfOf(ReplacedDigest(profile)), 0}; }
ImportMark MarkOf(const Community& community) { return {HalfOf(ReplacedDigest(community)), 0}; }

RecordHash::Digest ContentOf(const Profile& profile) {
  RecordHash hash;
  AddTo(hash, profile);
  return hash.Finish();
}

RecordHash::Digest ContentOf(const Community& community) {
  RecordHash hash;
  AddTo(hash, community);
  return hash.Finish();
}

RecordHash::Digest ContentOf(CommunityId community, MemberId member, Role role) {
  return RecordHash().Name(community).Name(member).Number(static_cast<int>(role)).Finish();
}

Following FollowProfile(const Profile& sent, const Profile& standing,
                        const std::optional<ImportMark>& mark, std::int64_t version) {
  return FollowRecord(sent, standing, mark, version);
}

Following FollowCommunity(const Community& sent, const Community& standing,
                          const std::optional<ImportMark>& mark) {
  return FollowRecord(sent, standing, mark, standing.version);
}

void TakeOver(const Community& sent, Community& standing) {
  standing.profile.display_name = sent.profile.display_name;
  standing.profile.description = sent.profile.description;
  standing.profile.location = sent.profile.location;
  standing.kind = sent.kind;
  ++standing.version;
}

ImportOutcome DecideMembership(const StandingToImport& standing, Role sent) {
  if (standing.role != Role::kNone) {
    return {standing.role == sent ? ImportResult::kUnchanged : ImportResult::kKept};
  }
  if (!standing.community_exists) return Refused("community: does not exist");
  if (!standing.member_exists) return Refused("member: does not exist");
  if (standing.banned) return Refused("member: is banned from the community");
  if (standing.not_admitted)
    return Refused("member: is external, and employees alone are admitted");
  return {standing.ended ? ImportResult::kGone : ImportResult::kCreated};
}

}  // namespace guildhall::directory
