#include "tools/import/html/element.h"

#include <memory>

namespace guildhall::html {
namespace {

struct FreeText {
  void operator()(xmlChar* text) const { xmlFree(text); }
};

std::string Take(xmlChar* text) {
  const std::unique_ptr<xmlChar, FreeText> owner(text);
  return text == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(text));
}

}  // namespace

std::string_view Name(const xmlNode* node) {
  if (node == nullptr || node->type != XML_ELEMENT_NODE) return {};
  return reinterpret_cast<const char*>(node->name);
}

bool IsText(const xmlNode* node) {
  return node != nullptr && (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE);
}

std::string_view Characters(const xmlNode* node) {
  return node->content == nullptr ? "" : reinterpret_cast<const char*>(node->content);
}

std::string Attribute(const xmlNode* element, const char* name) {
  return Take(xmlGetProp(element, reinterpret_cast<const xmlChar*>(name)));
}

bool HasClass(const xmlNode* element, std::string_view name) {
  const std::string classes = " " + Attribute(element, "class") + " ";
  return classes.find(" " + std::string(name) + " ") != std::string::npos;
}

std::string TextOf(const xmlNode* node) { return Take(xmlNodeGetContent(node)); }

}  // namespace guildhall::html
