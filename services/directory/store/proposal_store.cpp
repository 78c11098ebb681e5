#include "services/directory/store/proposal_store.h"

#include "directory/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

std::int32_t Number(auto value) { return static_cast<std::int32_t>(value); }

// The columns that every statement about proposals returns first, in this order.
constexpr int kProposalColumns = 8;
Proposal ProposalFrom(const postgres::Row& row) {
  return {.kind = static_cast<ProposalKind>(row.Get<std::int32_t>(0)),
          .member = row.Get<MemberId>(1),
          .creator = row.Get<MemberId>(2),
          .message = row.Get<std::string>(3),
          .state = static_cast<ProposalState>(row.Get<std::int32_t>(4)),
          .create_time = row.Get<absl::Time>(5),
          .expire_time = row.Get<absl::Time>(6),
          .decline_reason = row.Get<std::string>(7)};
}

std::vector<ProposalKey> KeysFrom(const postgres::Rows& rows) {
  std::vector<ProposalKey> keys;
  for (const postgres::Row row : rows) {
    keys.push_back({row.Get<CommunityId>(0), row.Get<MemberId>(1),
                    static_cast<ProposalKind>(row.Get<std::int32_t>(2))});
  }
  return keys;
}

}  // namespace

absl::StatusOr<std::vector<Proposal>> ListProposals(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::Grant& grant,
                                                    const ProposalFilter& filter, int count) {
  GUILDHALL_CHECK(grant.community().has_value());
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kListProposals, *grant.community(), Number(filter.kind),
                    Number(filter.state), filter.create_time, filter.member, count));
  std::vector<Proposal> proposals;
  for (const postgres::Row row : rows) proposals.push_back(ProposalFrom(row));
  return proposals;
}

absl::StatusOr<std::vector<WaitingRequest>> ListWaitingRequests(postgres::Database& database,
                                                                const postgres::Context& context,
                                                                const access::Viewer& viewer,
                                                                const WaitingPosition& after,
                                                                int count) {
  std::vector<WaitingRequest> waiting;
  if (viewer.affiliation() == Affiliation::kNone) return waiting;
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListWaitingRequests, viewer.member(),
                                 viewer.affiliation() != Affiliation::kEmployee, after.create_time,
                                 after.community, after.member, count));
  for (const postgres::Row row : rows) {
    waiting.push_back({ProposalFrom(row), row.Get<CommunityId>(kProposalColumns)});
  }
  return waiting;
}

absl::StatusOr<int> CountWaitingRequests(postgres::Database& database,
                                         const postgres::Context& context,
                                         const access::Viewer& viewer, int most) {
  if (viewer.affiliation() == Affiliation::kNone) return 0;
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kCountWaitingRequests, viewer.member(),
                                 viewer.affiliation() != Affiliation::kEmployee, most));
  return rows[0].Get<std::int32_t>(0);
}

absl::StatusOr<std::vector<OwnProposal>> ListOwnProposals(
    postgres::Database& database, const postgres::Context& context, const access::Viewer& viewer,
    ProposalKind kind, const OwnProposalPosition& after, int count) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListMyProposals, viewer.member(),
                                 viewer.affiliation() != Affiliation::kEmployee, Number(kind),
                                 after.create_time, after.community, count));
  std::vector<OwnProposal> proposals;
  for (const postgres::Row row : rows) {
    proposals.push_back({ProposalFrom(row), row.Get<CommunityId>(kProposalColumns),
                         row.Get<std::string>(kProposalColumns + 1),
                         row.Get<std::string>(kProposalColumns + 2),
                         static_cast<Kind>(row.Get<std::int32_t>(kProposalColumns + 3))});
  }
  return proposals;
}

absl::StatusOr<WaitingProposals> GetWaitingProposals(postgres::Database& database,
                                                     const postgres::Context& context,
                                                     const access::Grant& grant) {
  GUILDHALL_CHECK(grant.community().has_value());
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kGetWaitingProposals,
                                                            *grant.community(), grant.member()));
  return WaitingProposals{.request = rows[0].Get<bool>(0), .invitation = rows[0].Get<bool>(1)};
}

absl::StatusOr<std::optional<Proposal>> GetProposal(postgres::Work& work, CommunityId community,
                                                    MemberId member, ProposalKind kind) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kGetProposal, community, member, Number(kind)));
  if (rows.empty()) return std::nullopt;
  return ProposalFrom(rows[0]);
}

absl::StatusOr<bool> SeesInvitation(postgres::Work& work, CommunityId community, MemberId member) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kSeesInvitation, community, member));
  return rows[0].Get<bool>(0);
}

absl::StatusOr<int> CountRequests(postgres::Work& work, MemberId member, int most) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kCountRequests, member, most));
  return rows[0].Get<std::int32_t>(0);
}

absl::StatusOr<StandingToInvite> GetStandingToInvite(postgres::Work& work, CommunityId community,
                                                     MemberId member,
                                                     const access::Viewer& viewer) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kReadStandingToInvite, community, member, viewer.member(),
                            viewer.affiliation() != Affiliation::kEmployee,
                            kMaxInvitationsPerCommunity, kMaxInvitationsPerMember));
  GUILDHALL_CHECK(rows.size() == 1);
  const postgres::Row row = rows[0];
  return StandingToInvite{.belongs = row.Get<bool>(0),
                          .suspended = row.Get<bool>(1),
                          .known_to_be_banned = row.Get<bool>(2),
                          .invitations_of_community = row.Get<std::int32_t>(3),
                          .invitations_of_member = row.Get<std::int32_t>(4)};
}

void InsertProposal(postgres::Work& work, CommunityId community, const Proposal& proposal) {
  work.Defer(sql::kInsertProposal, community, proposal.member, Number(proposal.kind),
             proposal.creator, proposal.message, proposal.create_time, proposal.expire_time);
}

void UpdateProposal(postgres::Work& work, CommunityId community, const Proposal& proposal) {
  work.Defer(sql::kUpdateProposal, community, proposal.member, Number(proposal.kind),
             Number(proposal.state), proposal.expire_time, proposal.decline_reason);
}

void DeleteProposal(postgres::Work& work, CommunityId community, const Proposal& proposal) {
  work.Defer(sql::kDeleteProposal, community, proposal.member, Number(proposal.kind));
}

absl::StatusOr<std::vector<ProposalKey>> DeleteProposalsBelow(postgres::Work& work,
                                                              CommunityId community,
                                                              MemberId member) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kDeleteProposalsBelow, community, member));
  return KeysFrom(rows);
}

void DeleteMisfits(postgres::Work& work, CommunityId community, const CommunityProfile& profile) {
  work.Defer(sql::kDeleteMisfitProposals, community, profile.visibility == Visibility::kSecret,
             profile.admits == Admits::kEmployees);
}

absl::StatusOr<std::vector<ProposalKey>> DeleteEndedProposals(postgres::Work& work, absl::Time now,
                                                              int count) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kDeleteEndedProposals, now, count));
  return KeysFrom(rows);
}

}  // namespace guildhall::directory
