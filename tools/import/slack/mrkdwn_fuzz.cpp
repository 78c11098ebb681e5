#include "tools/import/slack/mrkdwn.h"

#include "libs/base/check.h"
#include "libs/base/text.h"
#include "libs/testing/fuzz/target.h"

// Elements are closed in the order in which they were opened, but for those that hold nothing.
void guildhall::testing::TakeInput(std::string_view input) {
  const std::string html = slack::MrkdwnToHtml(input, [](char, std::string_view id) {
    return id == "U1" ? std::string("A <&> B") : std::string();
  });
  std::vector<std::string> open;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    const std::size_t end = html.find('>', at);
    GUILDHALL_CHECK(end != std::string::npos);
    const std::string tag = html.substr(at + 1, end - at - 1);
    if (tag == "br") continue;
    if (tag[0] != '/') {
      open.push_back(tag.substr(0, tag.find(' ')));
      continue;
    }
    GUILDHALL_CHECK(!open.empty() && open.back() == tag.substr(1));
    open.pop_back();
  }
  GUILDHALL_CHECK(open.empty());
  GUILDHALL_CHECK(IsStorableUtf8(html) || !IsStorableUtf8(input));
}
