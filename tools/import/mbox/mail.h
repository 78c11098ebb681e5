#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace guildhall::mbox {

// What a list's archive keeps of one message, as far as the import has a use for it. Texts are
// storable UTF-8 (libs/base/text.h).
struct Mail {
  std::string message_id;               // without its angle brackets; empty: none
  std::vector<std::string> references;  // the oldest first, what it replies to last
  std::string address;                  // of its author, in lower case; empty: none
  std::string author;                   // as people call the author: never an address
  std::string subject;
  std::optional<absl::Time> time;  // of its Date, if that is one between 1970 and 2100
  std::string archived_at;         // where the archive has it (RFC 5064), http or https
  std::string html;                // what it says
  std::vector<std::string> lost;   // a line each
};

// What is behind so much of a message's text is lost: a post takes 64 KiB.
inline constexpr std::size_t kMostTextBytes = 256 << 10;

// Takes a message of RFC 5322 apart, with MIME: text/plain where there is any, else text/html;
// signatures of programs (application/pgp-signature and its like) are no content, everything else
// is lost by name. Charsets are converted; what cannot be is replaced.
//
// `bytes` may hold anything: what is no header is text. Nothing is run, fetched or decrypted.
Mail ParseMail(std::string_view bytes);

}  // namespace guildhall::mbox
