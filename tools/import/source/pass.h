#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tools/import/methods.h"
#include "tools/import/post_stream.h"
#include "tools/import/source/records.h"
#include "tools/import/source/redirects.h"
#include "tools/import/source/report.h"
#include "tools/import/source/source.h"

namespace guildhall::importing {

// Why all of a source is sent.
enum class PassKind {
  kImport,     // to be written
  kDryRun,     // to learn what would be written
  kReconcile,  // to learn whether everything stands as it was sent
};

struct PassTools {
  WriterMethods methods;
  PostStream::Method send_posts;
  // Told now and then how many posts were answered for.
  std::function<void(std::int64_t)> on_posts;
};

// Sends all of a source once, in the order in which things refer to each other, and tells the
// report what became of each record.
//
// Nothing is written where more people may see it than at the source: in a place that the source
// holds narrower than it stands here, and in a thread that was moved. What would be written there
// is told as REFUSED. What was written there before stays.
//
// Services that are older than this importer are not harmed: they tell nothing of outcomes, which
// ends an import with what they have created by then, and they refuse every batch of a pass that
// writes nothing (see Guard in the source). Memory: people, places, some thousand messages, and
// some 200 bytes of each message: its hashes and its redirect.
class Pass {
 public:
  // All outlive it. `redirects` gets what stands.
  Pass(PassKind kind, Source& source, const PassTools& tools, Report& report, Redirects& redirects);

  // Fails with: FAILED_PRECONDITION (older services), and as the source and the methods do.
  absl::Status Run();

 private:
  struct Chunk {
    std::vector<SentThread> threads;
    std::size_t posts = 0;
    std::size_t bytes = 0;
  };
  // Posts that are sent as the pass sends everything, and those of held threads, which only ask.
  struct Streams {
    PostStream sends, asks;
  };
  enum class Manner { kAsPass, kAsk };

  absl::Status SendOutline();
  absl::Status SendCommunities();
  absl::Status FindNarrower(std::vector<Sent<directory::v1::Community>> others);
  absl::Status SendMemberships();
  absl::Status SendThreads();
  absl::Status SendChunk(Chunk chunk, Streams& streams);
  absl::Status SendTopics(const std::vector<SentThread>& threads);
  absl::Status TakeAnswer(const PostStream::Answer& answer);
  PostStream::Options OptionsOf(Manner manner);
  // In batches of `most`; `hear` is told of each record.
  template <typename Req, typename Resp, typename Record, typename Told>
  absl::Status Send(const Method<Req, Resp>& method, int most, std::vector<Sent<Record>> records,
                    const Told& hear, Manner manner = Manner::kAsPass);
  template <typename Record>
  void Hear(SourceKind kind, const Sent<Record>& sent, const importing::v1::Outcome& outcome);
  void Lead(const std::string& address, const std::string& name,
            const importing::v1::Outcome& outcome);
  void HearPost(const discussions::v1::ImportedPost& post, const PostStream::Origin& origin,
                const importing::v1::Outcome& outcome);
  void LosePosts(const SentThread& thread, const char* why);
  void LoseThread(const SentThread& thread, const char* why);
  bool Validates(Manner manner) const;
  template <typename Req>
  void Form(Req& request, Manner manner) const;
  template <typename Req>
  void Guard(Req& request, Manner manner) const;

  const PassKind kind_;
  Source& source_;
  const PassTools& tools_;
  std::mutex mutex_;      // posts are answered on another thread
  Report& report_;        // guarded by mutex_
  Redirects& redirects_;  // guarded by mutex_
  Records records_;
  // Names of communities: those that do not stand, that this pass creates, and that the source
  // holds narrower than they stand.
  std::set<std::string> refused_places_, created_places_, narrower_places_;
  std::set<std::string> refused_threads_;  // of held ones, until their posts are told of
  // Why nothing is written in threads, by names of topics; guarded by mutex_.
  std::map<std::string, const char*, std::less<>> held_;
};

}  // namespace guildhall::importing
