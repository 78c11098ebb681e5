#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "libs/http/message.h"
#include "services/gateway/clients/change_loader.h"
#include "services/gateway/domain/live_change.h"
#include "services/gateway/domain/live_position.h"
#include "services/gateway/domain/protocol.h"

namespace guildhall::gateway {

// A change that is told, with its bytes. Of the hub's thread.
class LiveFrame {
 public:
  LiveFrame(Log log, LoadedChange change);

  const ChangeFacts& facts() const { return change_.facts; }
  Log log() const { return log_; }
  const Place& place() const { return change_.place; }
  // Whether it is one of votes, which are told late: one frame for many.
  bool IsVote() const { return change_.IsVote(); }
  const Place& told() const { return change_.told; }
  absl::Time time() const { return change_.time; }
  // What it takes, with a rendering or two.
  std::size_t bytes() const { return 2 * change_.resource.size() + 512; }

  // What is told, in a client's framing. `before` and `after` are the tokens that take a stream up
  // without the change and behind it; only the last message carries `after`, so that whoever is cut
  // off in between is told all of it again.
  http::Chunk Render(Protocol protocol, const Told& told, std::string_view before,
                     std::string_view after) const;

  // The same rendering for everybody who is told the same under the same tokens, made once.
  template <typename MakeTokens>
  const http::Chunk& Shared(Protocol protocol, const Told& told, const MakeTokens& tokens) {
    const unsigned key = static_cast<unsigned>(protocol) << 4 | told.Index();
    for (const auto& [made, chunk] : shared_) {
      if (made == key) return chunk;
    }
    const auto [before, after] = tokens();
    return shared_.emplace_back(key, Render(protocol, told, before, after)).second;
  }

 private:
  const Log log_;
  const LoadedChange change_;
  std::vector<std::pair<unsigned, http::Chunk>> shared_;
};

}  // namespace guildhall::gateway
