#include "libs/changelog/stream.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libs/base/strings.h"

namespace guildhall::changelog {
namespace {

// The number of fields and values of a change.
constexpr std::size_t kWords = 14;

std::string_view BytesOf(const Uuid& uuid) {
  return {reinterpret_cast<const char*>(uuid.bytes.data()), uuid.bytes.size()};
}

template <typename Number>
bool Read(std::string_view text, Number& out) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

bool Read(std::string_view bytes, Uuid& out) {
  if (bytes.size() != out.bytes.size()) return false;
  std::copy(bytes.begin(), bytes.end(), out.bytes.begin());
  return true;
}

bool Read(std::string_view text, Place& out) {
  const std::optional<Place> place = PlaceOf(text);
  out = place.value_or(Place());
  return place.has_value();
}

std::optional<Entry> EntryOf(const Place& place, std::span<const redis::Reply> words) {
  const auto value = [&](std::size_t field) -> std::string_view {
    return words[2 * field + 1].text;
  };
  Entry entry{.place = place};
  Change& change = entry.change;
  int origin = 0;
  std::int64_t micros = 0;
  const bool sound = Read(value(0), change.key) && Read(value(1), entry.key_seq) &&
                     Read(value(2), change.kind) && Read(value(3), change.resource) &&
                     Read(value(4), change.version) && Read(value(5), origin) &&
                     Read(value(6), micros);
  if (!sound) return std::nullopt;
  change.origin = static_cast<Origin>(origin);
  entry.time = absl::FromUnixMicros(micros);
  return entry;
}

}  // namespace

std::string StreamName(std::string_view producer, const Uuid& incarnation) {
  return absl::StrCat("guildhall:changes:", Absl(producer), ":", incarnation.ToString());
}

std::string IdOf(const Place& place) { return absl::StrCat(place.xid, "-", place.n); }

std::optional<Place> PlaceOf(std::string_view id) {
  Place place;
  const std::size_t dash = id.find('-');
  if (dash == std::string_view::npos || !Read(id.substr(0, dash), place.xid) ||
      !Read(id.substr(dash + 1), place.n)) {
    return std::nullopt;
  }
  return place;
}

redis::Command Publish(const std::string& stream, const Unit& unit, const Place& previous) {
  redis::Command command("XADD", stream, "MAXLEN", "~", std::to_string(kMostStreamEntries),
                         IdOf(unit.place), "previous", IdOf(previous));
  const auto add = [&](std::string_view field, std::string_view value) {
    command.Add(field).Add(value);
  };
  for (const Entry& entry : unit.entries) {
    add("key", BytesOf(entry.change.key));
    add("seq", std::to_string(entry.key_seq));
    add("kind", std::to_string(entry.change.kind));
    add("resource", BytesOf(entry.change.resource));
    add("version", std::to_string(entry.change.version));
    add("origin", std::to_string(static_cast<int>(entry.change.origin)));
    add("time", std::to_string(absl::ToUnixMicros(entry.time)));
  }
  return command;
}

std::optional<Published> PublishedOf(const redis::Reply& element) {
  if (element.elements.size() != 2) return std::nullopt;
  const std::vector<redis::Reply>& words = element.elements[1].elements;
  if (words.size() < 2 + kWords || words.size() % kWords != 2) return std::nullopt;
  Published read;
  if (!Read(element.elements[0].text, read.unit.place) || !Read(words[1].text, read.previous)) {
    return std::nullopt;
  }
  for (std::size_t first = 2; first < words.size(); first += kWords) {
    const std::optional<Entry> entry =
        EntryOf(read.unit.place, std::span(words).subspan(first, kWords));
    if (!entry) return std::nullopt;
    read.unit.entries.push_back(*entry);
  }
  return read;
}

bool IsThereAlready(const redis::Reply& reply) {
  return reply.is_error() && reply.text.find("equal or smaller") != std::string::npos;
}

}  // namespace guildhall::changelog
