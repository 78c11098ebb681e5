#include "tools/import/mbox/mail.h"

#include <catch2/catch.hpp>

#include "absl/strings/str_join.h"

namespace guildhall::mbox {
namespace {

using Lines = std::vector<std::string>;

std::string LostOf(const std::string& bytes) { return absl::StrJoin(ParseMail(bytes).lost, "; "); }

TEST_CASE("headers are read in whatever charset") {
  const Mail mail = ParseMail(
      "From: =?iso-8859-1?Q?Ren=E9?= <Rene@Example.ORG>\n"
      "Subject: =?utf-8?B?UGzDpG5l?=\n for   2020\n"
      "Date: Mon, 6 Jan 2020 12:00:00 +0100\n"
      "Message-ID: <a1@host>\n"
      "References: <r1@host> <r2@host>\n"
      "In-Reply-To: <r3@host>\n"
      "Archived-At: <https://lists.example.org/a1>\n\nwords\n");
  CHECK(mail.author == "René");
  CHECK(mail.address == "rene@example.org");
  CHECK(mail.subject == "Pläne for   2020");
  CHECK(mail.time == absl::FromUnixSeconds(1578308400));
  CHECK(mail.message_id == "a1@host");
  CHECK(mail.references == Lines{"r1@host", "r2@host", "r3@host"});
  CHECK(mail.archived_at == "https://lists.example.org/a1");
  CHECK(mail.html == "<p>words</p>");
}

TEST_CASE("authors are called by name, never by address") {
  const auto author = [](const std::string& headers) {
    const Mail mail = ParseMail(headers + "\n\nx\n");
    return mail.author + " " + mail.address;
  };
  CHECK(author("From: ada@x.org") == "ada ada@x.org");
  CHECK(author("From: \"ada@x.org\" <ada@x.org>") == "ada ada@x.org");
  CHECK(author("From: ada at x.org (Ada Lovelace)") == "Ada Lovelace ada@x.org");
  CHECK(author("From: Ada via Devs <devs@l.org>\nReply-To: Ada <ada@x.org>") == "Ada ada@x.org");
  CHECK(author("From: Ada via Devs <devs@l.org>") == "Ada Ada via devs@l.org");
  CHECK(author("From: ") == " ");
  CHECK(author("Subject: x") == " ");
}

TEST_CASE("of several forms the plain one is read") {
  const std::string head =
      "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n"
      "<p>rich</p>\n--b\nContent-Type: text/plain; charset=iso-8859-1\n"
      "Content-Transfer-Encoding: quoted-printable\n\n";
  CHECK(ParseMail(head + "caf=E9\n--b--\n").html == "<p>café</p>");
  CHECK(ParseMail(head + "\n--b--\n").html.find("rich") != std::string::npos);
}

TEST_CASE("files are lost by name, proofs of authorship without a word") {
  const std::string mail =
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nsee\n"
      "--b\nContent-Type: application/pdf; name=plan.pdf\nContent-Transfer-Encoding: base64\n\n"
      "AAAA\n--b\nContent-Type: application/pgp-signature\n\nx\n"
      "--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nxy\n"
      "--b\nContent-Type: message/rfc822\n\nSubject: inner\n\ninner\n--b--\n";
  CHECK(ParseMail(mail).html == "<p>see</p>");
  CHECK(LostOf(mail) ==
        "file plan.pdf (1 KB); file a.txt (1 KB); a message that is attached to it");
  CHECK(LostOf("Content-Type: multipart/encrypted; boundary=b; protocol=\"x/y\"\n\n--b\n\nx\n"
               "--b--\n") == "a text that is encrypted");
}

TEST_CASE("whatever it holds, a message is read within limits") {
  CHECK(ParseMail("").html.empty());
  CHECK(ParseMail("no header at all").author.empty());
  CHECK(ParseMail("Content-Type: text/plain; charset=none-such\n\n\xE9\n").html.size() > 7);
  CHECK(ParseMail("Date: Mon, 6 Jan 1820 12:00:00 +0100\n\nx\n").time == std::nullopt);
  CHECK(ParseMail("From: " + std::string(100'000, ':') + "\n\nx\n").html == "<p>x</p>");
  std::string nested;
  for (int i = 0; i < 200; ++i) {
    const std::string boundary = "b" + std::to_string(i);
    nested += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
  }
  CHECK(LostOf(nested + "\nx\n") == "parts that nest too deep");
  CHECK(LostOf("\n" + std::string(kMostTextBytes + 1, 'x')) == "all behind 256 KiB of its text");
}

}  // namespace
}  // namespace guildhall::mbox
