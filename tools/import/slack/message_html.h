#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tools/import/slack/mrkdwn.h"

namespace guildhall::slack {

// What a message shows, as HTML: its text; of an app's message that has none what its blocks and
// attachments say; the names of its files. Empty: nothing.
std::string HtmlOfMessage(const nlohmann::json& message, const NameOf& name_of);

// How a file is called, for people.
std::string NameOfFile(const nlohmann::json& file);

}  // namespace guildhall::slack
