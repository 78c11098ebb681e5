#include "tools/import/source/pass.h"

#include <utility>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "tools/import/batch_limits.h"
#include "tools/import/source/expected.h"
#include "tools/import/source/outcomes.h"

namespace guildhall::importing {
namespace {

// What is read before it is sent: some batches, so that topics go in few calls.
constexpr std::size_t kChunkPosts = 4000;
constexpr std::size_t kChunkBytes = 8 << 20;

absl::Status OlderServices() {
  return absl::FailedPreconditionError(
      "The services are older than this importer: they do not tell what becomes of each record. "
      "Bring them up to its version first.");
}

Meaning MeaningOf(PassKind kind) {
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

// The list of records of a request.
auto& ListOf(directory::v1::ImportMembersRequest& request) { return *request.mutable_members(); }
auto& ListOf(directory::v1::ImportCommunitiesRequest& request) {
  return *request.mutable_communities();
}
auto& ListOf(directory::v1::ImportMembershipsRequest& request) {
  return *request.mutable_memberships();
}
auto& ListOf(discussions::v1::ImportTopicsRequest& request) { return *request.mutable_topics(); }
auto& ListOf(discussions::v1::ImportPostsRequest& request) { return *request.mutable_posts(); }

}  // namespace

Pass::Pass(PassKind kind, Source& source, const PassTools& tools, Report& report,
           Redirects& redirects)
    : kind_(kind),
      source_(source),
      tools_(tools),
      report_(report),
      redirects_(redirects),
      records_(source.name(), source.outline()) {}

template <typename Req>
void Pass::Form(Req& request) const {
  request.set_follow_source(true);
  request.set_validate_only(kind_ != PassKind::kImport);
}

// What is not to be written ends with a record without a name. A service of the version before
// knows nothing of validate_only, and would write: it refuses the whole batch for that record, ours
// refuses it alone.
template <typename Req>
void Pass::Guard(Req& request) const {
  if (kind_ != PassKind::kImport) ListOf(request).Add();
}

template <typename Req, typename Resp, typename Record, typename Told>
absl::Status Pass::Send(const Method<Req, Resp>& method, int most,
                        std::vector<Sent<Record>> records, const Told& hear) {
  for (std::size_t begin = 0; begin < records.size();) {
    Req request;
    Form(request);
    std::size_t bytes = 0;
    std::size_t end = begin;
    // One less, for the guard.
    for (; end < records.size() && ListOf(request).size() < most - 1 && bytes < kFullBytes; ++end) {
      bytes += records[end].record.ByteSizeLong();
      *ListOf(request).Add() = records[end].record;
    }
    Guard(request);
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

// Places, threads and messages have addresses that people keep.
void Pass::Lead(const std::string& address, const std::string& name,
                const importing::v1::Outcome& outcome) {
  const std::lock_guard lock(mutex_);
  if (Stands(outcome, MeaningOf(kind_))) redirects_.Add(address, name);
}

absl::Status Pass::SendOutline() {
  GUILDHALL_TRY(Send(
      tools_.methods.members, kMostRecords, records_.Members(),
      [&](const auto& sent, const auto& outcome) { Hear(SourceKind::kPerson, sent, outcome); }));
  GUILDHALL_TRY(Send(tools_.methods.communities, kMostRecords, records_.Communities(),
                     [&](const auto& sent, const auto& outcome) {
                       Hear(SourceKind::kPlace, sent, outcome);
                       Lead(sent.address, sent.record.name(), outcome);
                       if (outcome.result() == importing::v1::RESULT_REFUSED) {
                         refused_places_.insert(sent.record.name());
                       }
                     }));
  return Send(tools_.methods.memberships, kMostMemberships, records_.Memberships(),
              [&](const auto& sent, const auto& outcome) {
                Hear(SourceKind::kParticipation, sent, outcome);
              });
}

void Pass::HearPost(const discussions::v1::ImportedPost& post, const PostStream::Origin& origin,
                    const importing::v1::Outcome& outcome) {
  Lead(origin.address, post.name(), outcome);
  const Meaning meaning = MeaningOf(kind_);
  const std::lock_guard lock(mutex_);
  Tell({SourceKind::kMessage, origin.key, origin.address, outcome, ExpectedOf(post, outcome)},
       meaning, report_);
  TellReactions({SourceKind::kReaction, origin.key, origin.address, outcome,
                 ExpectedReactions(post, outcome)},
                post.reactions_size(), meaning, report_);
}

absl::Status Pass::TakeAnswer(const PostStream::Answer& answer) {
  if (answer.response.outcomes_size() != answer.request.posts_size()) return OlderServices();
  for (std::size_t i = 0; i < answer.origins.size(); ++i) {
    const int place = static_cast<int>(i);
    HearPost(answer.request.posts(place), answer.origins[i], answer.response.outcomes(place));
  }
  return absl::OkStatus();
}

// What was not sent, because what it is in was refused.
void Pass::LoseThread(const SentThread& thread, const char* why) {
  importing::v1::Outcome outcome;
  outcome.set_result(importing::v1::RESULT_REFUSED);
  outcome.set_sentence(why);
  Hear(SourceKind::kThread, thread.topic, outcome);
  for (const auto& post : thread.posts) HearPost(post.record, {post.key, post.address}, outcome);
}

absl::Status Pass::SendChunk(Chunk chunk, PostStream& stream) {
  std::vector<Sent<discussions::v1::ImportedTopic>> topics;
  for (const SentThread& thread : chunk.threads) topics.push_back(thread.topic);
  GUILDHALL_TRY(Send(tools_.methods.topics, kMostRecords, std::move(topics),
                     [&](const auto& sent, const auto& outcome) {
                       Hear(SourceKind::kThread, sent, outcome);
                       Lead(sent.address, sent.record.name(), outcome);
                     }));
  for (SentThread& thread : chunk.threads) {
    std::vector<discussions::v1::ImportedPost> posts;
    std::vector<PostStream::Origin> origins;
    for (auto& post : thread.posts) {
      posts.push_back(std::move(post.record));
      origins.push_back({std::move(post.key), std::move(post.address)});
    }
    GUILDHALL_TRY(stream.Add(std::move(posts), std::move(origins)));
  }
  return absl::OkStatus();
}

absl::Status Pass::SendThreads() {
  PostStream::Options options;
  Form(options.form);
  options.most_records = kMostRecords - 1;
  options.on_answer = [this](const PostStream::Answer& answer) { return TakeAnswer(answer); };
  options.on_send = [this](auto& request) { Guard(request); };
  PostStream stream(tools_.send_posts, std::move(options));
  Chunk chunk;
  for (;;) {
    GUILDHALL_ASSIGN(const std::optional<SourceThread> thread, source_.Next());
    const bool full = chunk.posts >= kChunkPosts || chunk.bytes >= kChunkBytes;
    if (full || !thread) {
      GUILDHALL_TRY(SendChunk(std::exchange(chunk, {}), stream));
      tools_.on_posts(stream.count().sent);
    }
    if (!thread) break;
    std::optional<SentThread> sent = records_.Of(*thread);
    if (!sent) continue;
    if (refused_places_.contains(sent->topic.record.community())) {
      LoseThread(*sent, "its place was refused");
      continue;
    }
    chunk.posts += sent->posts.size();
    for (const auto& post : sent->posts) chunk.bytes += post.record.markdown().size();
    chunk.threads.push_back(*std::move(sent));
  }
  GUILDHALL_TRY(stream.Finish());
  tools_.on_posts(stream.count().sent);
  return absl::OkStatus();
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
