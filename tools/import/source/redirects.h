#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"

namespace guildhall::importing {

// Where something is by now that stood at an address of the source.
struct Redirect {
  std::string address;  // absolute or a path, without tabs and other control characters
  std::string name;     // communities/…, topics/…, topics/…/posts/…
};

// The redirects of an import, for whoever serves the old addresses: lines of "address<TAB>resource
// name", sorted by bytes, each address once. The file of an earlier import says besides what came
// then, so that what the source has no more can be told. Memory: the lines.
class Redirects {
 public:
  // What `path` holds; nothing where no such file is.
  // Fails with: INVALID_ARGUMENT (no file of redirects, by its line; it cannot be read).
  static absl::StatusOr<std::vector<Redirect>> Read(const std::string& path);

  // Of two for one address the first stays; an empty address is none.
  void Add(std::string_view address, std::string_view name);

  // What the source has and does not stand here by that name: for good, or otherwise. Of the latter
  // an earlier line stays.
  void AddGone(std::string_view address, std::string_view name);
  void AddMissing(std::string_view address, std::string_view name);

  // Takes over what earlier lines say of other addresses, those of what is gone aside. Returns
  // those of them of which nothing was told above: the source has them no more.
  std::vector<Redirect> Join(const std::vector<Redirect>& earlier);

  // Instead of what `path` held, or not at all.
  // Fails with: INVALID_ARGUMENT (the file cannot be written).
  absl::Status Write(const std::string& path);

  std::string ToText();

 private:
  std::vector<Redirect> lines_;
  absl::flat_hash_set<std::string> gone_, missing_;  // addresses and names
};

}  // namespace guildhall::importing
