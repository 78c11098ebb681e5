#include "tools/import/mbox/mail.h"

#include "libs/base/check.h"
#include "libs/base/text.h"
#include "libs/testing/fuzz/target.h"

// A message: what is read of it can be kept, and names nobody by address.
void guildhall::testing::TakeInput(std::string_view input) {
  const mbox::Mail mail = mbox::ParseMail(input);
  for (const std::string* const text : {&mail.message_id, &mail.address, &mail.author,
                                        &mail.subject, &mail.archived_at, &mail.html}) {
    GUILDHALL_CHECK(IsStorableUtf8(*text));
  }
  GUILDHALL_CHECK(mail.author.find('@') == std::string::npos);
  for (const std::string& lost : mail.lost) {
    GUILDHALL_CHECK(!lost.empty() && lost.find('\n') == std::string::npos);
    GUILDHALL_CHECK(IsStorableUtf8(lost));
  }
}
