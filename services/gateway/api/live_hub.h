#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "libs/access/facts.h"
#include "libs/base/bytes.h"
#include "libs/base/clock.h"
#include "libs/base/random.h"
#include "libs/feeds/access_changes.h"
#include "libs/http/loop.h"
#include "libs/rpc/queue.h"
#include "services/gateway/api/late_votes.h"
#include "services/gateway/api/live_measures.h"
#include "services/gateway/api/live_stream.h"
#include "services/gateway/api/resume_token.h"
#include "services/gateway/clients/change_loader.h"
#include "services/gateway/domain/fresh_callers.h"
#include "services/gateway/domain/live_ring.h"

namespace guildhall::gateway {

struct LiveLimits {
  // Changes that are kept for those who come back soon, and their bytes with renderings.
  std::size_t ring_changes = 20'000;
  Bytes ring_bytes = MiB(12);
  // Given to one stream at once; the next when its connection has taken them.
  Bytes ahead = KiB(64);
  absl::Duration heartbeat = absl::Seconds(15);
  // Changes behind which a stream begins anew.
  std::int64_t furthest_back = 100'000;
  // Streams that read logs at once; each holds a page. Others wait.
  int log_readers = 16;
  // Streams of one member: tabs and devices.
  int streams_per_member = 64;
};

// Decides who is told of which change, and hands the bytes to the connections.
//
// All of it happens on the thread of one rpc::Queue, where the facts are known: no locks, and a
// change in what somebody may see stands before or behind each decision. Connections live on the
// loop; bytes go there in one task for all streams, and while it runs the next changes gather.
class LiveHub {
 public:
  // Reads one page of a log from a place on. Answers on the hub's thread, later. False, and no
  // answer, when too much is under way.
  using ReadLog = std::function<bool(Log log, const LogPosition& from,
                                     std::function<void(absl::StatusOr<LoadedPage>)> done)>;
  struct Parts {
    rpc::Queue& queue;
    http::Loop& loop;
    ReadLog read_log;
    std::string secret;  // of the deployment
    LiveMeasures& measures;
    Random& random;
    FreshCallers& fresh_callers;  // whom a stream tells to load
    LiveLimits limits;
    const Clock& clock = SystemClock();
  };
  explicit LiveHub(Parts parts);

  // From the loop. A stream joins once, and leaves when its client goes.
  void Join(LiveStreamPtr stream);
  void Leave(LiveStreamPtr stream);
  // The connection has taken what was given.
  void Writable(LiveStreamPtr stream);
  // Says goodbye, since the gateway goes away.
  void Dismiss(LiveStreamPtr stream);
  // Several times per second: heartbeats, votes, and whatever else waits for time to pass.
  void Tick();

  // On the hub's thread.
  // What decisions are taken from; before the first stream joins.
  void UseFacts(access::Facts& facts) { facts_ = &facts; }
  // Where a log is told from; no stream is served before all have begun.
  void Begin(Log log, const LogPosition& at);
  void Append(Log log, LoadedPage page);
  // Passes a page by that nobody is going to hear of; false when somebody listens, or did within a
  // minute: then it has to be loaded.
  bool Skip(Log log, const LogPosition& end);
  // Facts have changed: what streams have asked so far does not count any more. Those of a session
  // that has changed ask at once whether it lives, and end if not; nobody else is touched.
  void OnSessionForgotten(const feeds::AccessChange& change);
  void OnStandingForgotten() { ++facts_changes_; }
  // Nothing happens any more.
  void Close() { closed_ = true; }

 private:
  struct Given {
    LiveStreamPtr stream;
    std::vector<http::Chunk> chunks;
    bool end = false;
    bool loads = false;
  };

  bool Ready() const;
  // Puts a change where all streams find it.
  void Tell(Log log, LoadedChange change);
  // The same of positions: how far votes have been told by then.
  Positions WithVotes(Positions positions) const;
  void Admit(const LiveStreamPtr& stream);
  void Drop(LiveStream& stream);
  void End(const LiveStreamPtr& stream, const absl::Status& status);

  // Gives to everybody what there is for it.
  void Pump();
  void PumpSoon();
  void Ship();
  void OnShipped(const std::vector<LiveStreamPtr>& stalled, const std::vector<absl::Time>& fresh);

  // The course of a stream; false when it can go no further for now. In subscribe.cpp.
  void Advance(const LiveStreamPtr& stream);
  bool Start(const LiveStreamPtr& stream);
  void StartFrom(const LiveStreamPtr& stream, const Positions& positions);
  void BeginAnew(const LiveStreamPtr& stream);
  bool TellFromBacklog(const LiveStreamPtr& stream);
  bool TellFromRing(const LiveStreamPtr& stream);
  bool ReadOn(const LiveStreamPtr& stream);
  void OnPage(const LiveStreamPtr& stream, Log log, absl::StatusOr<LoadedPage> page);
  void Beat(const LiveStreamPtr& stream);
  // Nothing while what has to be known is being asked, or when the stream has ended over it.
  std::optional<Told> Judge(const LiveStreamPtr& stream, const LiveFrame& frame);
  void Give(const LiveStreamPtr& stream, http::Chunk chunk);
  http::Chunk Single(Protocol protocol, const Positions& positions, const std::string& body);
  std::string Seal(const Positions& positions);

  // Asks anew whether a doubted session lives; false until that is known.
  bool Reassure(const LiveStreamPtr& stream);
  // What is true of the stream's member in a community (nil: of the member alone).
  std::optional<access::Answer> AnswerFor(const LiveStreamPtr& stream,
                                          const CommunityId& community);
  void OnAnswer(const LiveStreamPtr& stream, const CommunityId& community,
                const absl::StatusOr<access::Answer>& answer);
  // Whether the answer decides; else the stream has ended, or is going to ask again.
  bool Counts(const LiveStreamPtr& stream, const absl::StatusOr<access::Answer>& answer);

  absl::Duration Now() const { return parts_.clock.Monotonic(); }

  Parts parts_;
  access::Facts* facts_ = nullptr;
  const ResumeTokens tokens_;
  LiveRing<LiveFrame> ring_;
  LateVotes late_votes_;
  std::array<bool, kLogs> begun_{};
  std::vector<LiveStreamPtr> streams_;
  absl::flat_hash_map<MemberId, int> by_member_;
  absl::btree_set<std::pair<SessionId, LiveStream*>> by_session_;  // all of streams_
  std::uint64_t facts_changes_ = 0;
  absl::Duration last_wanted_ = -absl::InfiniteDuration();
  int log_readers_ = 0;

  std::vector<LiveStreamPtr> given_;  // those with something in `out`
  std::vector<absl::Time> fresh_;     // of changes that nobody was told of yet
  bool shipping_ = false;
  bool pump_again_ = false;
  bool pump_posted_ = false;
  bool closed_ = false;
  // Heartbeats under the newest positions, by protocol.
  Positions beat_positions_;
  std::array<std::optional<http::Chunk>, kProtocols> beats_;
  // While facts are asked: whose answer may come at once, and the answer.
  const LiveStream* asked_ = nullptr;
  std::optional<absl::StatusOr<access::Answer>> answered_;
};

}  // namespace guildhall::gateway
