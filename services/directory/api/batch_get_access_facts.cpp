#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/facts.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

absl::Status Wrong(std::string description) {
  return WrongField("questions", std::move(description));
}

// Ids travel as 16 bytes here; empty is the nil id where the contract allows it.
absl::StatusOr<Uuid> IdFrom(const std::string& bytes) {
  Uuid id;
  if (bytes.empty()) return id;
  if (bytes.size() != id.bytes.size()) return Wrong("names ids of 16 bytes");
  std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
  return id;
}

absl::StatusOr<Asker> AskerFrom(const v1::AccessQuestion& question) {
  Asker asker;
  GUILDHALL_ASSIGN(const Uuid member, IdFrom(question.member_id()));
  GUILDHALL_ASSIGN(const Uuid community, IdFrom(question.community_id()));
  asker.question = {MemberId(member), CommunityId(community)};
  if (asker.question.member.IsNil()) return Wrong("names a member");
  if (!v1::Affiliation_IsValid(question.affiliation())) return Wrong("has a known affiliation");
  asker.display_name = question.display_name();
  asker.affiliation = static_cast<Affiliation>(question.affiliation());
  return asker;
}

v1::AccessFacts ToProto(const feeds::StandingFact& answer) {
  v1::AccessFacts facts;
  facts.set_affiliation(static_cast<v1::Affiliation>(answer.affiliation));
  if (!answer.community.exists) return facts;
  facts.set_visibility(static_cast<v1::Visibility>(answer.community.visibility));
  facts.set_admits(static_cast<v1::Admits>(answer.community.admits));
  facts.set_role(static_cast<v1::Role>(answer.community.role));
  facts.set_owns_ancestor(answer.community.owns_ancestor);
  facts.set_banned(answer.community.banned);
  facts.set_archived(answer.community.archived);
  facts.set_muted(answer.community.muted);
  return facts;
}

}  // namespace

absl::StatusOr<v1::BatchGetAccessFactsResponse> BatchGetAccessFacts(
    Directory& directory, const rpc::Call& call, const v1::BatchGetAccessFactsRequest& request) {
  if (request.questions_size() > kMaxAccessQuestions) {
    return Wrong(absl::StrCat("takes at most ", kMaxAccessQuestions));
  }
  std::vector<Asker> askers;
  for (const v1::AccessQuestion& question : request.questions()) {
    GUILDHALL_ASSIGN(askers.emplace_back(), AskerFrom(question));
  }
  GUILDHALL_ASSIGN(const std::vector<feeds::StandingFact> answers,
                   FactsFor(directory.database, call.context(), askers, call.now()));
  v1::BatchGetAccessFactsResponse response;
  for (const feeds::StandingFact& answer : answers) {
    *response.add_facts() = ToProto(answer);
    response.set_access_revision(answer.revision);
  }
  return response;
}

}  // namespace guildhall::directory
