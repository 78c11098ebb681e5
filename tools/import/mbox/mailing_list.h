#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tools/import/archive/spool.h"
#include "tools/import/mbox/mail.h"
#include "tools/import/mbox/mail_threads.h"
#include "tools/import/mbox/mbox_reader.h"
#include "tools/import/source/source.h"

namespace guildhall::mbox {

// Whoever an address is of, in all lists.
struct Writer {
  std::string key;  // SHA-256 of the address in lower case, in hexadecimal digits
  std::string name;
  absl::Time since;
};

class Writers {
 public:
  // The number of whoever wrote this at `time`: without an address everybody is one.
  std::size_t NumberOf(const Mail& mail, absl::Time time);

  const std::vector<Writer>& all() const { return all_; }

 private:
  std::vector<Writer> all_;
  absl::flat_hash_map<std::string, std::size_t> numbers_;
};

// The messages of one list: what is known of all at once, and what waits in the spool.
struct MailingList {
  std::string key;   // the path of the file below the folder that was opened, without its endings
  std::string name;  // the end of it
  struct Message {
    std::size_t writer = 0;
    absl::Time time;
  };
  std::vector<Message> messages;
  MailThreads threads;
  absl::flat_hash_map<std::size_t, absl::Time> writers;  // since when
  std::size_t offset = 0;                                // of its messages' groups in the spool
};

// Numbers of a message's fields in the spool; what is lost of it follows.
enum MailField { kMailKey, kMailSubject, kMailHtml, kMailArchivedAt, kMailLost };

// Reads a list through. What is there twice goes to `losses`.
// Fails with: INVALID_ARGUMENT, UNAVAILABLE (disk).
absl::Status ReadList(importing::LineStream& lines, MailingList& list, Writers& writers,
                      importing::Spool& spool, std::vector<importing::Loss>& losses);

}  // namespace guildhall::mbox
