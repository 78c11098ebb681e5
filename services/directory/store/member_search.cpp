#include "services/directory/store/member_search.h"

#include "directory/statements.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/member_rows.h"

namespace guildhall::directory {
namespace {

using Texts = std::vector<std::string>;

void AddLabels(Facet facet, const Texts& keys, const Texts& said, Match& match) {
  for (std::size_t i = 0; i < keys.size(); ++i) match.labels.push_back({facet, keys[i], said[i]});
}

// What the statement tells beside the profile.
Match MatchFrom(const postgres::Row& row, const Profile& profile) {
  constexpr int kFirst = kMemberColumns;
  Match match{.name_key = row.Get<std::string>(kFirst)};
  AddLabels(Facet::kSkill, row.Get<Texts>(kFirst + 1), profile.skills, match);
  AddLabels(Facet::kInterest, row.Get<Texts>(kFirst + 2), profile.interests, match);
  AddLabels(Facet::kProject, row.Get<Texts>(kFirst + 3), profile.projects, match);
  if (!profile.location.empty()) {
    AddLabels(Facet::kLocation, {row.Get<std::string>(kFirst + 4)}, {profile.location}, match);
  }
  for (const CommunityId id : row.Get<std::vector<CommunityId>>(kFirst + 5)) {
    const std::string name = resources::Name(id);
    match.labels.push_back({Facet::kCommunity, name, name});
  }
  return match;
}

constexpr int kAskedKey = kMemberColumns + 6;
constexpr int kSettled = kMemberColumns + 7;
constexpr int kFits = kMemberColumns + 8;

bool IsSettled(const postgres::Rows& rows) { return rows[0].Get<bool>(kSettled); }

// One row comes without a member where there is none.
FoundMembers FoundFrom(const postgres::Rows& rows, int count) {
  FoundMembers found{.asked_key = rows[0].Get<std::string>(kAskedKey),
                     .more = static_cast<int>(rows.size()) >= count};
  for (const postgres::Row row : rows) {
    if (!row.Get<std::optional<MemberId>>(0)) break;
    if (!row.Get<bool>(kFits)) continue;
    Member member = MemberFrom(row);
    Match match = MatchFrom(row, member.profile);
    found.members.push_back({std::move(member), std::move(match)});
  }
  return found;
}

}  // namespace

absl::StatusOr<FoundMembers> FindMembers(postgres::Database& database,
                                         const postgres::Context& context,
                                         const access::Viewer& viewer,
                                         const MemberQuestion& question,
                                         std::optional<CommunityId> community, Spelling spelling,
                                         int count) {
  if (viewer.affiliation() == Affiliation::kNone) return FoundMembers{};
  const auto search = [&](bool by_index) {
    return database.Read(
        context, sql::kSearchMembers, question.name, spelling == Spelling::kForgiving,
        question.skills, question.interests, question.projects, question.location, community,
        viewer.member(), viewer.affiliation() != Affiliation::kEmployee, count, by_index,
        kMaxCommunitiesByIndex, kMaxPagesReadForKnown, question.about, question.languages);
  };
  GUILDHALL_ASSIGN(const postgres::Rows found, search(false));
  if (IsSettled(found)) return FoundFrom(found, count);
  GUILDHALL_ASSIGN(const postgres::Rows by_index, search(true));
  return FoundFrom(by_index, count);
}

absl::StatusOr<ListedByWords> FillWords(postgres::Work& work, int count) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kFillWords, count));
  return ListedByWords{rows[0].Get<std::int32_t>(0), rows[0].Get<bool>(1)};
}

}  // namespace guildhall::directory
