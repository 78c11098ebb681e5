#include "tools/import/slack/message_html.h"

#include "tools/import/archive/html_text.h"
#include "tools/import/archive/json_elements.h"

namespace guildhall::slack {
namespace {

using importing::EscapeHtml;
using importing::MemberOf;
using importing::TextOf;
using nlohmann::json;

// The texts of layout blocks: Slack nests them in objects and lists.
void AddTexts(const json& block, const NameOf& name_of, std::string& html) {
  const json& text = MemberOf(block, "text");
  if (text.is_string()) html += MrkdwnToHtml(text.get_ref<const std::string&>(), name_of);
  for (const char* const name : {"text", "fields", "elements"}) {
    const json& inner = MemberOf(block, name);
    if (inner.is_object()) AddTexts(inner, name_of, html);
    if (!inner.is_array()) continue;
    for (const json& element : inner) AddTexts(element, name_of, html);
  }
}

void AddTitle(const json& attachment, std::string& html) {
  const std::string& title = TextOf(attachment, "title");
  const std::string& link = TextOf(attachment, "title_link");
  if (title.empty()) return;
  html += "<p><strong>";
  html += link.empty() ? EscapeHtml(title)
                       : "<a href=\"" + EscapeHtml(link) + "\">" + EscapeHtml(title) + "</a>";
  html += "</strong></p>";
}

// What an app says beside its text.
void AddAttachment(const json& attachment, const NameOf& name_of, std::string& html) {
  std::string inner = MrkdwnToHtml(TextOf(attachment, "pretext"), name_of);
  AddTitle(attachment, inner);
  inner += MrkdwnToHtml(TextOf(attachment, "text"), name_of);
  for (const json& field : MemberOf(attachment, "fields")) {
    AddTitle(field, inner);
    inner += MrkdwnToHtml(TextOf(field, "value"), name_of);
  }
  if (inner.empty()) inner = MrkdwnToHtml(TextOf(attachment, "fallback"), name_of);
  if (!inner.empty()) html += "<blockquote>" + inner + "</blockquote>";
}

}  // namespace

std::string NameOfFile(const json& file) {
  const std::string& name = TextOf(file, "name");
  return name.empty() ? TextOf(file, "title") : name;
}

std::string HtmlOfMessage(const json& message, const NameOf& name_of) {
  std::string html = MrkdwnToHtml(TextOf(message, "text"), name_of);
  for (const json& block : MemberOf(message, "blocks")) AddTexts(block, name_of, html);
  // To a text of people they are previews of its links.
  if (html.empty() || !TextOf(message, "bot_id").empty()) {
    for (const json& attachment : MemberOf(message, "attachments")) {
      AddAttachment(attachment, name_of, html);
    }
  }
  for (const json& file : MemberOf(message, "files")) {
    html += "<p><em>File: " + EscapeHtml(NameOfFile(file)) + "</em></p>";
  }
  return html;
}

}  // namespace guildhall::slack
