#include "tools/import/source/pass.h"

#include <algorithm>
#include <utility>

#include "tools/import/source/owners.h"
#include "tools/import/source/pass_send.h"

namespace guildhall::importing {
namespace {

// Whether it stands with another reach than it was sent with.
bool HasOtherReach(const importing::v1::Outcome& outcome) {
  return std::find(outcome.asides().begin(), outcome.asides().end(), importing::v1::ASIDE_REACH) !=
         outcome.asides().end();
}

}  // namespace

Pass::Pass(PassKind kind, Source& source, const PassTools& tools, Report& report,
           Redirects& redirects)
    : kind_(kind),
      source_(source),
      tools_(tools),
      report_(report),
      redirects_(redirects),
      records_(source.name(), source.outline()) {}

bool Pass::Validates(Manner manner) const {
  return kind_ != PassKind::kImport || manner == Manner::kAsk;
}

// Places, threads and messages have addresses that people keep.
void Pass::Lead(const std::string& address, const std::string& name,
                const importing::v1::Outcome& outcome) {
  const std::lock_guard lock(mutex_);
  const std::string& stands_as = outcome.stands_as().empty() ? name : outcome.stands_as();
  if (Stands(outcome, MeaningOf(kind_))) redirects_.Add(address, stands_as);
  const bool gone = outcome.result() == importing::v1::RESULT_GONE;
  for (const std::string& heard : {name, stands_as}) {
    redirects_.Hear(heard, gone ? Redirects::Fate::kGone : Redirects::Fate::kOther);
  }
}

absl::Status Pass::SendOutline() {
  GUILDHALL_TRY(Send(
      tools_.methods.members, kMostRecords, records_.Members(),
      [&](const auto& sent, const auto& outcome) { Hear(SourceKind::kPerson, sent, outcome); }));
  GUILDHALL_TRY(SendCommunities());
  return SendMemberships();
}

absl::Status Pass::SendCommunities() {
  std::vector<Sent<directory::v1::Community>> others;
  const auto hear = [&](const auto& sent, const auto& outcome) {
    Hear(SourceKind::kPlace, sent, outcome);
    Lead(sent.address, sent.record.name(), outcome);
    const std::string& name = sent.record.name();
    if (outcome.result() == importing::v1::RESULT_REFUSED) refused_places_.insert(name);
    if (outcome.result() == importing::v1::RESULT_CREATED) created_places_.insert(name);
    if (HasOtherReach(outcome)) others.push_back(sent);
  };
  GUILDHALL_TRY(Send(tools_.methods.communities, kMostRecords, records_.Communities(), hear));
  return FindNarrower(std::move(others));
}

// An outcome says that the reach is another, and not which: each narrower one is asked for. Those
// for which none is what stands are wider here, in one way or the other.
absl::Status Pass::FindNarrower(std::vector<Sent<directory::v1::Community>> others) {
  using namespace directory::v1;  // NOLINT: five of its names
  for (const auto& other : others) narrower_places_.insert(other.record.name());
  for (const Visibility visibility : {VISIBILITY_OPEN, VISIBILITY_CLOSED, VISIBILITY_SECRET}) {
    for (const Admits admits : {ADMITS_EMPLOYEES, ADMITS_EVERYONE}) {
      std::vector<Sent<Community>> questions;
      for (const auto& other : others) {
        const bool within = visibility >= other.record.visibility() &&
                            (admits == other.record.admits() || admits == ADMITS_EMPLOYEES);
        if (!within) continue;
        questions.push_back(other);
        questions.back().record.set_visibility(visibility);
        questions.back().record.set_admits(admits);
      }
      const auto hear = [&](const auto& sent, const auto& outcome) {
        const bool stands = Stands(outcome, Meaning::kPending);
        if (stands && !HasOtherReach(outcome)) narrower_places_.erase(sent.record.name());
      };
      GUILDHALL_TRY(
          Send(tools_.methods.communities, kMostRecords, std::move(questions), hear, Manner::kAsk));
    }
  }
  return absl::OkStatus();
}

absl::Status Pass::SendMemberships() {
  std::vector<Sent<directory::v1::ImportedMembership>> memberships = records_.Memberships();
  Owners owners(memberships, created_places_);
  GUILDHALL_TRY(Send(
      tools_.methods.memberships, kMostMemberships, owners.Questions(),
      [&](const auto& sent, const auto& outcome) { owners.Hear(sent.record, outcome); },
      Manner::kAsk));
  owners.Appoint(memberships);
  return Send(tools_.methods.memberships, kMostMemberships, std::move(memberships),
              [&](const auto& sent, const auto& outcome) {
                Hear(SourceKind::kParticipation, sent, outcome);
              });
}

absl::Status Pass::Run() {
  GUILDHALL_TRY(SendOutline());
  absl::Status sent = SendThreads();
  if (Is(sent, policy::reasons::kFieldInvalid)) return OlderServices();
  GUILDHALL_TRY(sent);
  report_.Count(source_.read());
  report_.Add(source_.TakeLosses());
  report_.Add(records_.TakeLosses());
  return absl::OkStatus();
}

}  // namespace guildhall::importing
