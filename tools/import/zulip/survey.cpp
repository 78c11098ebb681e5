#include "tools/import/zulip/survey.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "absl/strings/str_cat.h"

namespace guildhall::zulip {

std::string Describe(const Plan& plan) {
  return absl::StrCat("Read ", plan.folder_count, " folders, ", plan.files.size(), " files, ",
                      plan.post_count + plan.copy_count, " messages of ", plan.people.size(),
                      " people. ", plan.copy_count, " messages are copies; the rest is ",
                      plan.topic_count, " topics with ", plan.post_count, " posts.");
}

std::size_t Survey::StreamOf(const TopicPath& path) {
  const auto [place, is_new] = stream_places_.try_emplace(path.stream_id, plan_.streams.size());
  if (is_new) {
    plan_.streams.push_back({.id = path.stream_id});
    stream_names_.emplace_back();
  }
  return place->second;
}

std::size_t Survey::TopicOf(const TopicPath& path) {
  const auto [place, is_new] =
      topic_places_.try_emplace({path.stream_id, path.topic_name}, plan_.topics.size());
  if (is_new) {
    plan_.topics.push_back({StreamOf(path), path.topic_name, 0});
    newest_in_topic_.push_back(0);
  }
  return place->second;
}

void Survey::Add(const TopicPath& path, const std::vector<RawPost>& posts) {
  const std::size_t topic = TopicOf(path);
  const std::size_t file = files_.size();
  plan_.files.push_back({topic, {}});
  files_.push_back({0, path.stream_name});
  for (std::size_t place = 0; place < posts.size(); ++place) {
    const RawPost& post = posts[place];
    const auto [sender, is_new] = sender_places_.try_emplace(post.sender, senders_.size());
    if (is_new) senders_.push_back(post.sender);
    messages_.push_back({post.id, post.timestamp, sender->second, file, place});
    files_[file].newest = std::max(files_[file].newest, post.id);
  }
  newest_in_topic_[topic] = std::max(newest_in_topic_[topic], files_[file].newest);
  Freshness& name = stream_names_[plan_.topics[topic].stream];
  name = std::max(name, Freshness(files_[file].newest, path.stream_name));
}

// Ties are broken by names, never by the order of the archive: packed and unpacked, it gives the
// same ids.
bool Survey::CountsRather(const Message& a, const Message& b) const {
  const auto rank = [this](const Message& message) {
    const FileFacts& file = files_[message.file];
    const std::size_t topic = plan_.files[message.file].topic;
    const Plan::Topic& facts = plan_.topics[topic];
    return std::tuple(newest_in_topic_[topic], plan_.streams[facts.stream].id, facts.name,
                      file.newest, file.stream_name, message.place);
  };
  return rank(a) > rank(b);
}

void Survey::Count(const Message& message) {
  const absl::Time time = absl::FromUnixSeconds(message.timestamp);
  Plan::File& file = plan_.files[message.file];
  Plan::Topic& topic = plan_.topics[file.topic];
  const bool opens_topic = topic.files == 0;
  topic.files += file.places.empty();
  file.places.push_back(message.place);
  plan_.topic_count += opens_topic;
  ++plan_.post_count;

  // Messages come by time, so whoever is new here posts for the first time.
  const std::string& name = senders_[message.sender];
  const auto [person, is_new] = plan_.by_sender.try_emplace(name, plan_.people.size());
  if (is_new) plan_.people.push_back({name, time});
  ImportedStream& stream = plan_.streams[topic.stream];
  if (stream.participants.empty()) stream.first_post = time;
  if (participants_.insert({topic.stream, message.sender}).second) {
    stream.participants.push_back({person->second, time});
  }
}

// Of messages in order of their numbers.
void Survey::CountCopies() {
  for (std::size_t i = 1; i < messages_.size(); ++i) {
    const std::int64_t id = messages_[i].id;
    if (id != messages_[i - 1].id) continue;
    if (plan_.copies.empty() || plan_.copies.back().message != id) plan_.copies.push_back({id, 0});
    ++plan_.copies.back().count;
    ++plan_.copy_count;
  }
}

Plan Survey::Finish() && {
  std::sort(messages_.begin(), messages_.end(), [this](const Message& a, const Message& b) {
    return a.id != b.id ? a.id < b.id : CountsRather(a, b);
  });
  CountCopies();
  const auto same = [](const Message& a, const Message& b) { return a.id == b.id; };
  const auto copies = std::unique(messages_.begin(), messages_.end(), same);
  messages_.erase(copies, messages_.end());
  std::stable_sort(messages_.begin(), messages_.end(),
                   [](const Message& a, const Message& b) { return a.timestamp < b.timestamp; });
  for (const Message& message : messages_) Count(message);
  std::set<std::pair<std::size_t, std::string>> folders;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    folders.insert({plan_.topics[plan_.files[i].topic].stream, files_[i].stream_name});
  }
  plan_.folder_count = static_cast<int>(folders.size());
  for (Plan::File& file : plan_.files) std::sort(file.places.begin(), file.places.end());
  for (std::size_t i = 0; i < plan_.streams.size(); ++i) {
    plan_.streams[i].name = stream_names_[i].second;
  }
  return std::move(plan_);
}

}  // namespace guildhall::zulip
