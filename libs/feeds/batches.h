#pragma once

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "libs/base/check.h"
#include "libs/base/deadline.h"
#include "libs/rpc/queue.h"

namespace guildhall::feeds {

// Gathers questions to a distant source: one request is under way, and what is asked meanwhile
// forms the next one. The same key asked twice in a batch is asked once. Of the queue's thread;
// made by Make, because a reply may outlive the one who asked.
template <typename Key, typename Value>
class Batches : public std::enable_shared_from_this<Batches<Key, Value>> {
 public:
  using Values = absl::StatusOr<std::vector<Value>>;
  // Asks for the values of `keys`, which differ, and calls the function once, on any thread, with
  // one value for each in their order. Never waits.
  using Read = std::function<void(std::vector<Key> keys, Deadline, std::function<void(Values)>)>;
  using Done = std::function<void(const absl::StatusOr<Value>&)>;

  // As many keys as identity and directory take at once.
  static constexpr std::size_t kMostKeys = 1000;
  // How long one request may hold up the next ones.
  static constexpr absl::Duration kPatience = absl::Seconds(2);

  static std::shared_ptr<Batches> Make(rpc::Queue& queue, Read read) {
    return std::shared_ptr<Batches>(new Batches(queue, std::move(read)));
  }

  void Ask(Key key, Deadline deadline, Done done) {
    forming_.push_back({std::move(key), deadline, std::move(done)});
    if (!under_way_) Send();
  }

 private:
  struct Question {
    Key key;
    Deadline deadline;
    Done done;
  };

  Batches(rpc::Queue& queue, Read read) : queue_(queue), read_(std::move(read)) {}

  // Takes the questions of the next request out of `forming_`: all, unless they have too many keys.
  void Send() {
    auto asked = std::make_shared<std::vector<Question>>();
    if (forming_.size() <= kMostKeys) {
      asked->swap(forming_);
    } else {
      const auto end = forming_.begin() + kMostKeys;
      asked->assign(std::make_move_iterator(forming_.begin()), std::make_move_iterator(end));
      forming_.erase(forming_.begin(), end);
    }
    std::vector<Key> keys;
    std::vector<std::size_t> places;
    absl::flat_hash_map<Key, std::size_t> known;
    Deadline latest = asked->front().deadline;
    for (const Question& question : *asked) {
      const auto [it, fresh] = known.try_emplace(question.key, keys.size());
      if (fresh) keys.push_back(question.key);
      places.push_back(it->second);
      if (latest < question.deadline) latest = question.deadline;
    }
    under_way_ = true;
    const std::size_t count = keys.size();
    read_(std::move(keys), latest.AtMost(kPatience),
          [self = this->shared_from_this(), asked, places = std::move(places),
           count](Values values) mutable {
            rpc::Queue& queue = self->queue_;
            auto finish = [self = std::move(self), asked = std::move(asked),
                           places = std::move(places), count, values = std::move(values)] {
              GUILDHALL_CHECK(!values.ok() || values->size() == count);
              self->Finish(*asked, places, values);
            };
            // Also from the thread itself: a read that fails at once must not answer into the
            // middle of Ask.
            queue.Post(std::move(finish));
          });
  }

  void Finish(const std::vector<Question>& asked, const std::vector<std::size_t>& places,
              const Values& values) {
    under_way_ = false;
    if (!forming_.empty()) Send();
    for (std::size_t i = 0; i < asked.size(); ++i) {
      asked[i].done(values.ok() ? absl::StatusOr<Value>((*values)[places[i]])
                                : absl::StatusOr<Value>(values.status()));
    }
  }

  rpc::Queue& queue_;
  const Read read_;
  std::vector<Question> forming_;
  bool under_way_ = false;
};

}  // namespace guildhall::feeds
