#include "tools/import/zulip/zulip_source.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "tools/import/archive/loss_words.h"

namespace guildhall::zulip {
namespace {

using importing::Loss;
using importing::SourceKind;

bool IsUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '~';
}

// As Zulip writes names behind the # of its addresses: dots instead of percent signs.
std::string Encoded(std::string_view name) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : name) {
    if (IsUnreserved(c)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '.';
    encoded += kDigits[byte >> 4];
    encoded += kDigits[byte & 0xF];
  }
  return encoded;
}

std::string WithHyphens(std::string name) {
  for (char& c : name) {
    if (c == ' ') c = '-';
  }
  return name;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ZulipSource>> ZulipSource::Open(std::string path, std::string site) {
  GUILDHALL_ASSIGN(ArchiveReader reader, ArchiveReader::Open(std::move(path), site));
  return std::unique_ptr<ZulipSource>(new ZulipSource(std::move(reader), std::move(site)));
}

ZulipSource::ZulipSource(ArchiveReader reader, std::string site)
    : reader_(std::move(reader)), site_(std::move(site)) {
  while (site_.ends_with('/')) site_.pop_back();
  const Plan& plan = reader_.plan();
  for (const ImportedPerson& person : plan.people) {
    outline_.people.push_back({.key = person.name, .name = person.name, .time = person.first_post});
  }
  read_.people = static_cast<std::int64_t>(plan.people.size());
  for (const ImportedStream& stream : plan.streams) {
    // It has no time, and nobody who takes part in it.
    if (stream.participants.empty()) {
      ++read_.places;
      losses_.push_back({.kind = SourceKind::kPlace,
                         .key = absl::StrCat(stream.id),
                         .what = "a stream without messages",
                         .whole = true});
      continue;
    }
    importing::SourcePlace& place = outline_.places.emplace_back();
    place.key = absl::StrCat(stream.id);
    place.name = stream.name;
    place.time = stream.first_post;
    place.address = AddressOf(stream);
    for (const ImportedParticipant& each : stream.participants) {
      place.participations.push_back(
          {.person = plan.people[each.person].name, .time = each.first_post});
    }
    ++read_.places;
    read_.participations += static_cast<std::int64_t>(stream.participants.size());
  }
  for (const Plan::Copy& copy : plan.copies) {
    losses_.push_back({.kind = SourceKind::kMessage,
                       .key = absl::StrCat(copy.message),
                       .what = copy.count == 1 ? "is there twice; one of them counts"
                                               : absl::StrCat("is there ", copy.count + 1,
                                                              " times; one of them counts")});
  }
  for (const std::string& path : plan.others) {
    ++read_.threads;
    losses_.push_back({.kind = SourceKind::kThread,
                       .key = importing::Storable(path),
                       .what = "is no <stream id>-<stream name>/<topic>.json",
                       .whole = true});
  }
  outline_.message_count = plan.post_count;
}

std::string_view ZulipSource::name() const { return "zulip"; }

std::string ZulipSource::AddressOf(const ImportedStream& stream) const {
  return absl::StrCat(site_, "/#narrow/stream/", stream.id, "-", Encoded(WithHyphens(stream.name)));
}

std::string ZulipSource::AddressOf(const Plan::Topic& topic) const {
  return absl::StrCat(AddressOf(reader_.plan().streams[topic.stream]), "/topic/",
                      Encoded(topic.name));
}

absl::StatusOr<std::optional<importing::SourceThread>> ZulipSource::Next() {
  GUILDHALL_ASSIGN(std::optional<ImportedPosts> posts, reader_.Next());
  if (!posts) return std::optional<importing::SourceThread>();
  const Plan& plan = reader_.plan();
  const Plan::Topic& topic = plan.topics[posts->topic];
  importing::SourceThread thread;
  thread.place = absl::StrCat(plan.streams[topic.stream].id);
  thread.key = absl::StrCat(thread.place, "/", topic.name);
  thread.title = topic.name;
  thread.address = AddressOf(topic);
  for (ImportedPost& post : posts->posts) {
    importing::SourceMessage& message = thread.messages.emplace_back();
    message.key = absl::StrCat(post.message);
    message.person = std::move(post.sender);
    message.time = post.time;
    message.markdown = std::move(post.markdown);
    message.address = absl::StrCat(thread.address, "/near/", message.key);
    for (std::string& lost : post.lost) {
      losses_.push_back(
          {.kind = SourceKind::kMessage, .key = message.key, .what = std::move(lost)});
    }
  }
  ++read_.threads;
  read_.messages += static_cast<std::int64_t>(thread.messages.size());
  return std::optional(std::move(thread));
}

}  // namespace guildhall::zulip
