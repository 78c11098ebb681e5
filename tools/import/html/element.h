#pragma once

#include <libxml/tree.h>

#include <string>
#include <string_view>

namespace guildhall::html {

// What is asked of libxml2's nodes; all of them may be null unless said otherwise.

// The name of an element, empty for text and anything else.
std::string_view Name(const xmlNode* node);

bool IsText(const xmlNode* node);

// The characters of a text node.
std::string_view Characters(const xmlNode* node);

// Empty where there is no such attribute.
std::string Attribute(const xmlNode* element, const char* name);

// Whether the element's class attribute lists `name`.
bool HasClass(const xmlNode* element, std::string_view name);

// All characters in `node`, in order.
std::string TextOf(const xmlNode* node);

// The first element in `node`, in order, that `matches`; null if there is none. Iterative, for any
// depth.
template <typename Matches>
const xmlNode* FindElement(const xmlNode* node, Matches matches) {
  const xmlNode* at = node == nullptr ? nullptr : node->children;
  while (at != nullptr) {
    if (at->type == XML_ELEMENT_NODE && matches(at)) return at;
    if (at->children != nullptr && at->type == XML_ELEMENT_NODE) {
      at = at->children;
      continue;
    }
    while (at != node && at->next == nullptr) at = at->parent;
    if (at == node) return nullptr;
    at = at->next;
  }
  return nullptr;
}

}  // namespace guildhall::html
