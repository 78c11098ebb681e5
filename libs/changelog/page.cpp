#include "libs/changelog/page.h"

#include <algorithm>
#include <map>

namespace guildhall::changelog {
namespace {

// Whether the change of the same key before `entry` is among them.
bool HasPredecessor(std::span<const Entry> entries, const Entry& entry) {
  return std::any_of(entries.begin(), entries.end(), [&](const Entry& other) {
    return other.key_seq == entry.key_seq - 1 && other.change.key == entry.change.key;
  });
}

}  // namespace

std::size_t ClosedPrefix(std::span<const Entry> entries, std::uint64_t bound) {
  // What is cut off lowers the bound for those before it. Each round cuts off at least one.
  while (true) {
    const auto open = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) {
      return entry.IsInverted() && entry.after_xid >= bound && !HasPredecessor(entries, entry);
    });
    if (open == entries.end()) return entries.size();
    bound = open->place.xid;
    entries = entries.first(static_cast<std::size_t>(open - entries.begin()));
  }
}

void OrderByKey(std::span<Entry> entries) {
  if (std::none_of(entries.begin(), entries.end(), [](const Entry& e) { return e.IsInverted(); })) {
    return;
  }
  std::map<Uuid, std::vector<std::size_t>> slots;
  for (std::size_t i = 0; i < entries.size(); ++i) slots[entries[i].change.key].push_back(i);
  for (const auto& [key, places] : slots) {
    std::vector<Entry> sorted;
    for (const std::size_t place : places) sorted.push_back(entries[place]);
    std::sort(sorted.begin(), sorted.end(),
              [](const Entry& a, const Entry& b) { return a.key_seq < b.key_seq; });
    for (std::size_t i = 0; i < places.size(); ++i) entries[places[i]] = sorted[i];
  }
}

}  // namespace guildhall::changelog
