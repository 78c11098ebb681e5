#include "tools/import/mbox/mail_bounds.h"

#include <catch2/catch.hpp>

namespace guildhall::mbox {
namespace {

TEST_CASE("a message that programs write stays as it is") {
  const std::string mail = "From: a\r\nReferences: <1@x>\n <2@x>\n\nwords\n--b\n " +
                           std::string(20'000, 'x') + "\n--b--";
  CHECK(BoundMail(mail).bytes == mail);
  CHECK_FALSE(BoundMail(mail).cut);
  CHECK(BoundMail("").bytes.empty());
}

TEST_CASE("headers without end are cut, those behind them are not") {
  const std::string line(kMostHeaderBytes, 'x');
  const std::string from = "From: " + line + "\n";
  CHECK(BoundMail(from + " more\nTo: b\n\n" + line + "\n").bytes ==
        from.substr(0, kMostHeaderBytes) + "\nTo: b\n\n" + line + "\n");
}

TEST_CASE("of parts without end the first are kept") {
  std::string mail = "Content-Type: Multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < kMostPartLines; ++i) mail += "--b\n\n";
  CHECK_FALSE(BoundMail(mail).cut);
  CHECK(BoundMail(mail + "--b--\nx\n").cut);
  CHECK(BoundMail(mail + "--b--\nx\n").bytes == mail);
  // A patch of a message that has no parts.
  CHECK_FALSE(BoundMail("\n" + mail + "--b--\nx\n").cut);
}

}  // namespace
}  // namespace guildhall::mbox
