#include "services/discussions/domain/address.h"

#include <catch2/catch.hpp>
#include <vector>

namespace guildhall::discussions {
namespace {

std::vector<std::string> BareAddresses(std::string_view text) {
  std::vector<std::string> found;
  std::size_t from = 0;
  while (auto address = FindBareAddress(text, from)) {
    from = address->end;
    found.push_back(address->address);
  }
  return found;
}

using Found = std::vector<std::string>;

TEST_CASE("an address ends where the sentence goes on") {
  CHECK(BareAddresses("See https://a.b/c. Then http://d.e/f?g=h#i, (https://j.k/l_(m)).") ==
        Found{"https://a.b/c", "http://d.e/f?g=h#i", "https://j.k/l_(m)"});
  CHECK(BareAddresses("\"https://a.b/c\" <https://d.e>") == Found{"https://a.b/c", "https://d.e"});
}

TEST_CASE("an address begins where a word does") {
  CHECK(BareAddresses("xhttps://a.b ahttp://c awww.d.e") == Found{});
  CHECK(BareAddresses("(www.a.b) 请看https://c.d") == Found{"http://www.a.b", "https://c.d"});
}

TEST_CASE("what has a dot in it is an address only with a scheme or www") {
  CHECK(BareAddresses("wheat.de html.spec http:a.b") == Found{});
}

TEST_CASE("www needs a name with a dot") {
  CHECK(BareAddresses("www. www.a www.a. www..b") == Found{});
  CHECK(BareAddresses("WWW.a.b") == Found{"http://WWW.a.b"});
}

TEST_CASE("an e-mail address has a local part and a domain with a dot") {
  CHECK(BareAddresses("a.b+c@d.e, _f@g.h. i@j @k.l m@@n.o") ==
        Found{"mailto:a.b+c@d.e", "mailto:f@g.h"});
  CHECK(BareAddresses("h@b.c w@d.e") == Found{"mailto:h@b.c", "mailto:w@d.e"});
  CHECK(BareAddresses("a@- b@. c@-.d e@f-.g") == Found{});
  const std::string longest(64, 'a');
  CHECK(BareAddresses(longest + "@b.c") == Found{"mailto:" + longest + "@b.c"});
  CHECK(BareAddresses(std::string(65, 'a') + "@b.c") == Found{});
  CHECK(BareAddresses("a@b..c d@e.f@g") == Found{});
  const std::string domain = std::string(253, 'b') + ".c";
  CHECK(BareAddresses("a@" + domain + ",") == Found{"mailto:a@" + domain});
}

TEST_CASE("what browsers would tolerate is no address") {
  for (const char* address : {"", "https://", "mailto:", " https://a.b", "\thttps://a.b",
                              "https:a.b", "java\nscript:a", "httpss://a.b", "x-https://a.b"}) {
    CHECK(!AllowedAddress(address));
  }
  CHECK(AllowedAddress("HtTpS://a.b") == "HtTpS://a.b");
  CHECK(AllowedAddress("mailto:a") == "mailto:a");
  CHECK(AllowedAddress("http://a\x1F \x7F!~") == "http://a%1F%20%7F!~");
}

}  // namespace
}  // namespace guildhall::discussions
