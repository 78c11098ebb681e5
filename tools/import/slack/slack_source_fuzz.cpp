#include "tools/import/slack/slack_source.h"

#include "libs/base/check.h"
#include "libs/testing/fuzz/target.h"
#include "tools/import/source/source_fixture.h"

// users.json, channels.json and groups.json in a line each, then a day of the channel "general".
void guildhall::testing::TakeInput(std::string_view input) {
  auto read = slack::SlackExport::Create();
  GUILDHALL_CHECK(read.ok());
  for (const char* const list : {"users.json", "channels.json", "groups.json"}) {
    if (!read->Add({list, std::string(TakeLine(input))}).ok()) return;
  }
  if (!read->Add({"general/2020-01-01.json", std::string(input)}).ok()) return;
  GUILDHALL_CHECK(read->Finish().ok());
  const auto given = importing::ReadAll(slack::SlackSourceOf(*std::move(read)));
  GUILDHALL_CHECK(given.ok());
  GUILDHALL_CHECK(importing::SourceRules(*given).broken().empty());
}
