#pragma once

#include <utility>
#include <vector>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "tools/import/batch_limits.h"
#include "tools/import/source/expected.h"
#include "tools/import/source/outcomes.h"
#include "tools/import/source/pass.h"

// How a pass sends records of any kind; for its own files alone.
namespace guildhall::importing {

inline absl::Status OlderServices() {
  return absl::FailedPreconditionError(
      "The services are older than this importer: they do not tell what becomes of each record. "
      "Bring them up to its version first.");
}

inline Meaning MeaningOf(PassKind kind) {
  switch (kind) {
    case PassKind::kImport:
      return Meaning::kWritten;
    case PassKind::kDryRun:
      return Meaning::kPending;
    case PassKind::kReconcile:
      return Meaning::kMissing;
  }
  return Meaning::kMissing;
}

inline importing::v1::Outcome Refused(const char* why) {
  importing::v1::Outcome outcome;
  outcome.set_result(importing::v1::RESULT_REFUSED);
  outcome.set_sentence(why);
  return outcome;
}

// The list of records of a request.
inline auto& ListOf(directory::v1::ImportMembersRequest& request) {
  return *request.mutable_members();
}
inline auto& ListOf(directory::v1::ImportCommunitiesRequest& request) {
  return *request.mutable_communities();
}
inline auto& ListOf(directory::v1::ImportMembershipsRequest& request) {
  return *request.mutable_memberships();
}
inline auto& ListOf(discussions::v1::ImportTopicsRequest& request) {
  return *request.mutable_topics();
}
inline auto& ListOf(discussions::v1::ImportPostsRequest& request) {
  return *request.mutable_posts();
}

template <typename Req>
void Pass::Form(Req& request, Manner manner) const {
  request.set_follow_source(true);
  request.set_validate_only(Validates(manner));
}

// What is not to be written ends with a record without a name. A service of the version before
// knows nothing of validate_only, and would write: it refuses the whole batch for that record, ours
// refuses it alone.
template <typename Req>
void Pass::Guard(Req& request, Manner manner) const {
  if (Validates(manner)) ListOf(request).Add();
}

template <typename Req, typename Resp, typename Record, typename Told>
absl::Status Pass::Send(const Method<Req, Resp>& method, int most,
                        std::vector<Sent<Record>> records, const Told& hear, Manner manner) {
  for (std::size_t begin = 0; begin < records.size();) {
    Req request;
    Form(request, manner);
    std::size_t bytes = 0;
    std::size_t end = begin;
    // One less, for the guard.
    for (; end < records.size() && ListOf(request).size() < most - 1 && bytes < kFullBytes; ++end) {
      bytes += records[end].record.ByteSizeLong();
      *ListOf(request).Add() = records[end].record;
    }
    Guard(request, manner);
    const absl::StatusOr<Resp> response = method(request);
    if (Is(response.status(), policy::reasons::kFieldInvalid)) return OlderServices();
    if (!response.ok()) return response.status();
    if (response->outcomes_size() != ListOf(request).size()) return OlderServices();
    for (std::size_t i = begin; i < end; ++i) {
      hear(records[i], response->outcomes(static_cast<int>(i - begin)));
    }
    begin = end;
  }
  return absl::OkStatus();
}

template <typename Record>
void Pass::Hear(SourceKind kind, const Sent<Record>& sent, const importing::v1::Outcome& outcome) {
  const std::lock_guard lock(mutex_);
  Tell({kind, sent.key, sent.address, outcome, ExpectedOf(sent.record)}, MeaningOf(kind_), report_);
}

}  // namespace guildhall::importing
