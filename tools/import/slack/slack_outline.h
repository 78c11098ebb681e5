#pragma once

#include <vector>

#include "tools/import/html/html_to_markdown.h"
#include "tools/import/slack/mrkdwn.h"
#include "tools/import/slack/slack_export.h"
#include "tools/import/source/source.h"

namespace guildhall::slack {

// People and channels of an export.
struct SlackOutline {
  importing::SourceOutline outline;
  std::vector<bool> is_place;  // by number of conversation; direct ones are none
  std::vector<importing::Loss> losses;
  importing::SourceCounts read;
};

// How people and channels are called, but for channels whose names only their members learn.
NameOf NamesOf(const SlackExport& read);

SlackOutline OutlineOf(const SlackExport& read, const NameOf& name_of,
                       html::HtmlToMarkdown& to_markdown);

}  // namespace guildhall::slack
