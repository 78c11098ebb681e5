#include "services/discussions/domain/diff.h"

#include <algorithm>
#include <optional>
#include <span>

namespace guildhall::discussions {
namespace {

using Words = std::vector<std::string_view>;

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Words with the blanks after them; together they are the text.
Words WordsOf(std::string_view text) {
  Words words;
  while (!text.empty()) {
    std::size_t end = 0;
    while (end < text.size() && !IsBlank(text[end])) ++end;
    while (end < text.size() && IsBlank(text[end])) ++end;
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

// Collects parts: neighbours of one kind become one, removed before added.
class Parts {
 public:
  void Add(DiffKind kind, std::string_view text) {
    if (kind == DiffKind::kSame) {
      Flush();
      Append(kind, text);
    } else {
      (kind == DiffKind::kRemoved ? removed_ : added_) += text;
    }
  }
  std::vector<DiffPart> Take() {
    Flush();
    return std::move(parts_);
  }

 private:
  void Append(DiffKind kind, std::string_view text) {
    if (text.empty()) return;
    if (parts_.empty() || parts_.back().kind != kind) parts_.push_back({kind, ""});
    parts_.back().text += text;
  }
  void Flush() {
    Append(DiffKind::kRemoved, removed_);
    Append(DiffKind::kAdded, added_);
    removed_.clear();
    added_.clear();
  }

  std::vector<DiffPart> parts_;
  std::string removed_, added_;
};

// For each number of edits, how far each diagonal has come; the last one has come to both ends.
using Trace = std::vector<std::vector<int>>;

std::optional<Trace> Follow(std::span<const std::string_view> older,
                            std::span<const std::string_view> newer) {
  const int n = static_cast<int>(older.size()), m = static_cast<int>(newer.size());
  Trace trace;
  for (int edits = 0; edits <= kMostEdits; ++edits) {
    std::vector<int> reached(2 * edits + 1);
    for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
      int x = 0;
      if (edits > 0) {
        const std::vector<int>& before = trace.back();
        const auto at = [&](int d) { return before[d + edits - 1]; };
        const bool down =
            diagonal == -edits || (diagonal != edits && at(diagonal - 1) < at(diagonal + 1));
        x = down ? at(diagonal + 1) : at(diagonal - 1) + 1;
      }
      while (x < n && x - diagonal < m && older[x] == newer[x - diagonal]) ++x;
      reached[diagonal + edits] = x;
      if (x >= n && x - diagonal >= m) {
        trace.push_back(std::move(reached));
        return trace;
      }
    }
    trace.push_back(std::move(reached));
  }
  return std::nullopt;
}

// The way back along the trace, from the ends to the beginnings: one word a step.
std::vector<DiffPart> StepsOf(const Trace& trace, std::span<const std::string_view> older,
                              std::span<const std::string_view> newer) {
  std::vector<DiffPart> steps;
  int x = static_cast<int>(older.size()), y = static_cast<int>(newer.size());
  const auto same_until = [&](int to_x, int to_y) {
    while (x > to_x && y > to_y) {
      steps.push_back({DiffKind::kSame, std::string(older[--x])});
      --y;
    }
  };
  for (int edits = static_cast<int>(trace.size()) - 1; edits > 0; --edits) {
    const std::vector<int>& before = trace[edits - 1];
    const auto at = [&](int d) { return before[d + edits - 1]; };
    const int diagonal = x - y;
    const bool down =
        diagonal == -edits || (diagonal != edits && at(diagonal - 1) < at(diagonal + 1));
    const int from = down ? diagonal + 1 : diagonal - 1;
    const int from_x = at(from), from_y = from_x - from;
    same_until(down ? from_x : from_x + 1, down ? from_y + 1 : from_y);
    if (down) {
      steps.push_back({DiffKind::kAdded, std::string(newer[--y])});
    } else {
      steps.push_back({DiffKind::kRemoved, std::string(older[--x])});
    }
  }
  // Nothing is the same before the first step, as the first words differ.
  std::ranges::reverse(steps);
  return steps;
}

}  // namespace

std::vector<DiffPart> DiffOf(std::string_view older, std::string_view newer) {
  const Words old_words = WordsOf(older), new_words = WordsOf(newer);
  std::span<const std::string_view> before = old_words, after = new_words;
  Parts parts;
  while (!before.empty() && !after.empty() && before.front() == after.front()) {
    parts.Add(DiffKind::kSame, before.front());
    before = before.subspan(1);
    after = after.subspan(1);
  }
  std::size_t equal_end = 0;
  while (equal_end < std::min(before.size(), after.size()) &&
         before[before.size() - 1 - equal_end] == after[after.size() - 1 - equal_end]) {
    ++equal_end;
  }
  const auto end = before.last(equal_end);
  before = before.first(before.size() - equal_end);
  after = after.first(after.size() - equal_end);
  if (const auto trace = Follow(before, after)) {
    for (const DiffPart& step : StepsOf(*trace, before, after)) parts.Add(step.kind, step.text);
  } else {
    for (const std::string_view word : before) parts.Add(DiffKind::kRemoved, word);
    for (const std::string_view word : after) parts.Add(DiffKind::kAdded, word);
  }
  for (const std::string_view word : end) parts.Add(DiffKind::kSame, word);
  return parts.Take();
}

}  // namespace guildhall::discussions
