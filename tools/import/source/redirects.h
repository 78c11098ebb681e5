#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace guildhall::importing {

// Where something is by now that stood at an address of the source.
struct Redirect {
  std::string address;  // absolute or a path, without tabs and other control characters
  std::string name;     // communities/…, topics/…, topics/…/posts/…
};

// The redirects of an import, for whoever serves the old addresses: lines of "address<TAB>resource
// name", sorted by bytes, each address once. Those of the import before say besides what came then,
// so that what does not come any more can be told. Memory: both.
class Redirects {
 public:
  // What `path` holds; nothing where no such file is.
  // Fails with: INVALID_ARGUMENT (no file of redirects, by its line; it cannot be read).
  static absl::StatusOr<std::vector<Redirect>> Read(const std::string& path);

  Redirects() = default;
  // `earlier`: those of the import before.
  explicit Redirects(std::vector<Redirect> earlier);

  // Of two for one address the first stays; an empty address is none.
  void Add(std::string_view address, std::string_view name);

  // The source has what `name` is, in whatever topic. What is gone here for good loses its earlier
  // lines.
  enum class Fate { kOther, kGone };
  void Hear(std::string_view name, Fate fate);

  // Earlier lines of what was not heard of, one for each thing, by its first address. Once all was
  // heard.
  std::vector<Redirect> Withdrawn() const;

  // Whether there are earlier lines, and not one was heard of: they are of something else.
  bool IsOfAnother() const;

  // With the earlier lines of other addresses; instead of what `path` held, or not at all.
  // Fails with: INVALID_ARGUMENT (the file cannot be written).
  absl::Status Write(const std::string& path);

  std::string ToText();

 private:
  struct Earlier {
    Redirect redirect;
    bool heard = false;
    bool gone = false;
  };

  std::vector<Earlier> earlier_;  // by id, then by address
  std::vector<Redirect> lines_;
};

}  // namespace guildhall::importing
