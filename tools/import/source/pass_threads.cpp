// Threads and their messages.
#include <string_view>
#include <utility>

#include "tools/import/source/pass.h"
#include "tools/import/source/pass_send.h"

namespace guildhall::importing {
namespace {

// What is read before it is sent: some batches, so that topics go in few calls.
constexpr std::size_t kChunkPosts = 4000;
constexpr std::size_t kChunkBytes = 8 << 20;

constexpr char kNarrower[] =
    "the place is narrower at the source than here: narrow it here and repeat";
constexpr char kMoved[] =
    "its thread was moved, and others may see it where it stands: move it back and repeat";

bool Writes(const importing::v1::Outcome& outcome) {
  return outcome.result() == importing::v1::RESULT_CREATED ||
         outcome.result() == importing::v1::RESULT_UPDATED;
}

// What decides where the address of a record leads that is held, if it is: an edit is not brought,
// and what it would edit stands.
importing::v1::Outcome HeldLead(const importing::v1::Outcome& outcome, const char* held) {
  const bool is_new = outcome.result() == importing::v1::RESULT_CREATED;
  return held != nullptr && is_new ? Refused(held) : outcome;
}

std::string_view TopicOf(std::string_view post) { return post.substr(0, post.find("/posts/")); }

}  // namespace

void Pass::HearPost(const discussions::v1::ImportedPost& post, const PostStream::Origin& origin,
                    const importing::v1::Outcome& outcome) {
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
    const discussions::v1::ImportedPost& post = answer.request.posts(place);
    const importing::v1::Outcome& outcome = answer.response.outcomes(place);
    const char* held = nullptr;
    if (Writes(outcome)) {
      const std::lock_guard lock(mutex_);
      const auto found = held_.find(TopicOf(post.name()));
      if (found != held_.end()) held = found->second;
    }
    Lead(answer.origins[i].address, post.name(), HeldLead(outcome, held));
    HearPost(post, answer.origins[i], held == nullptr ? outcome : Refused(held));
  }
  return absl::OkStatus();
}

// What was not sent, because what it is in is not there.
void Pass::LosePosts(const SentThread& thread, const char* why) {
  for (const auto& post : thread.posts) {
    Lead(post.address, post.record.name(), Refused(why));
    HearPost(post.record, {post.key, post.address}, Refused(why));
  }
}

void Pass::LoseThread(const SentThread& thread, const char* why) {
  Hear(SourceKind::kThread, thread.topic, Refused(why));
  Lead(thread.topic.address, thread.topic.record.name(), Refused(why));
  LosePosts(thread, why);
}

// What holds a thread is in held_ from here on.
absl::Status Pass::SendTopics(const std::vector<SentThread>& threads) {
  std::vector<Sent<discussions::v1::ImportedTopic>> free, held;
  for (const SentThread& thread : threads) {
    const bool narrower = narrower_places_.contains(thread.topic.record.community());
    (narrower ? held : free).push_back(thread.topic);
  }
  const auto hold = [&](const std::string& name, const char* why) {
    const std::lock_guard lock(mutex_);
    held_.emplace(name, why);
  };
  GUILDHALL_TRY(Send(tools_.methods.topics, kMostRecords, std::move(free),
                     [&](const auto& sent, const auto& outcome) {
                       Hear(SourceKind::kThread, sent, outcome);
                       Lead(sent.address, sent.record.name(), outcome);
                       if (outcome.result() == importing::v1::RESULT_ELSEWHERE) {
                         hold(sent.record.name(), kMoved);
                       }
                     }));
  return Send(
      tools_.methods.topics, kMostRecords, std::move(held),
      [&](const auto& sent, const auto& outcome) {
        hold(sent.record.name(), kNarrower);
        Hear(SourceKind::kThread, sent, Writes(outcome) ? Refused(kNarrower) : outcome);
        Lead(sent.address, sent.record.name(), HeldLead(outcome, kNarrower));
        if (outcome.result() == importing::v1::RESULT_CREATED) {
          refused_threads_.insert(sent.record.name());
        }
      },
      Manner::kAsk);
}

absl::Status Pass::SendChunk(Chunk chunk, Streams& streams) {
  GUILDHALL_TRY(SendTopics(chunk.threads));
  for (SentThread& thread : chunk.threads) {
    const std::string& name = thread.topic.record.name();
    if (refused_threads_.erase(name) > 0) {
      LosePosts(thread, kNarrower);
      continue;
    }
    std::vector<discussions::v1::ImportedPost> posts;
    std::vector<PostStream::Origin> origins;
    for (auto& post : thread.posts) {
      posts.push_back(std::move(post.record));
      origins.push_back({std::move(post.key), std::move(post.address)});
    }
    const bool held = [&] {
      const std::lock_guard lock(mutex_);
      return held_.contains(name);
    }();
    GUILDHALL_TRY((held ? streams.asks : streams.sends).Add(std::move(posts), std::move(origins)));
  }
  return absl::OkStatus();
}

PostStream::Options Pass::OptionsOf(Manner manner) {
  PostStream::Options options;
  Form(options.form, manner);
  options.most_records = kMostRecords - 1;
  options.on_answer = [this](const PostStream::Answer& answer) { return TakeAnswer(answer); };
  options.on_send = [this, manner](auto& request) { Guard(request, manner); };
  return options;
}

absl::Status Pass::SendThreads() {
  Streams streams{{tools_.send_posts, OptionsOf(Manner::kAsPass)},
                  {tools_.send_posts, OptionsOf(Manner::kAsk)}};
  const auto tell = [&] {
    tools_.on_posts(streams.sends.count().sent + streams.asks.count().sent);
  };
  Chunk chunk;
  for (;;) {
    GUILDHALL_ASSIGN(const std::optional<SourceThread> thread, source_.Next());
    const bool full = chunk.posts >= kChunkPosts || chunk.bytes >= kChunkBytes;
    if (full || !thread) {
      GUILDHALL_TRY(SendChunk(std::exchange(chunk, {}), streams));
      tell();
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
  GUILDHALL_TRY(streams.sends.Finish());
  GUILDHALL_TRY(streams.asks.Finish());
  tell();
  return absl::OkStatus();
}

}  // namespace guildhall::importing
