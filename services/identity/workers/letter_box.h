#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace guildhall::identity {

// Something that is to be told to somebody outside, in plain text.
struct Letter {
  std::string id;  // a UUID
  absl::Time time;
  std::string to;  // an address, normalized
  std::string subject;
  std::string text;
};

// Takes letters that are to be sent. What happens to one afterwards is not this service's.
class LetterBox {
 public:
  virtual ~LetterBox() = default;

  // Has taken the letter, for good, when it answers OK; otherwise it is offered again under the
  // same id.
  virtual absl::Status Put(const Letter& letter) = 0;
};

// A folder with a file for each letter (RFC 5322), `{id}.eml`, whole from when it has its name, for
// the machine's mail system to fetch and remove; one with the same id takes its place. Readable by
// this process's user alone, because letters hold secrets. Fails with UNAVAILABLE and what the
// system said.
class FolderLetterBox final : public LetterBox {
 public:
  // `sender` is the address that letters come from.
  FolderLetterBox(std::string folder, std::string sender)
      : folder_(std::move(folder)), sender_(std::move(sender)) {}

  absl::Status Put(const Letter& letter) override;

 private:
  const std::string folder_;
  const std::string sender_;
};

}  // namespace guildhall::identity
