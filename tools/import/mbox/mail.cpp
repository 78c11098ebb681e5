#include "tools/import/mbox/mail.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <array>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "libs/base/strings.h"
#include "tools/import/archive/loss_words.h"
#include "tools/import/mbox/mail_bounds.h"
#include "tools/import/mbox/mail_html.h"

namespace guildhall::mbox {
namespace {

using importing::Storable;

// Parts within parts; programs nest four or five.
constexpr int kMaxDepth = 16;
// Of those that a message refers to the last are kept, and the first, which began the thread.
constexpr int kMaxReferences = 8;

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref>;

struct FreeText {
  void operator()(char* text) const { g_free(text); }
};

std::string TextOf(const char* text) { return text == nullptr ? "" : Storable(text); }

// One line without white space at its ends.
std::string LineOf(const char* text) {
  std::string line = TextOf(text);
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < ' ' || c == 0x7F; }, ' ');
  return std::string(Std(absl::StripAsciiWhitespace(line)));
}

// The library's own state, made once: charsets that are tried where a text names none, or a wrong
// one.
GMimeParserOptions* Options() {
  static GMimeParserOptions* const options = [] {
    g_mime_init();
    GMimeParserOptions* const made = g_mime_parser_options_new();
    const char* charsets[] = {"utf-8", "windows-1252", nullptr};
    g_mime_parser_options_set_fallback_charsets(made, charsets);
    return made;
  }();
  return options;
}

class MailReader {
 public:
  explicit MailReader(GMimeMessage* message) : message_(message) {}

  Mail Read() {
    mail_.message_id = LineOf(g_mime_message_get_message_id(message_));
    AddReferences("References");
    AddReferences("In-Reply-To");
    AddAuthor();
    mail_.subject = LineOf(g_mime_message_get_subject(message_));
    AddTime();
    const std::string archived = Header("Archived-At");
    const std::string_view link = Std(absl::StripAsciiWhitespace(archived));
    if (link.starts_with("<http") && link.ends_with(">")) {
      mail_.archived_at = link.substr(1, link.size() - 2);
    }
    if (GMimeObject* const part = g_mime_message_get_mime_part(message_)) AddPart(part, 0);
    return std::move(mail_);
  }

 private:
  std::string Header(const char* name) const {
    return LineOf(g_mime_object_get_header(GMIME_OBJECT(message_), name));
  }

  void AddReferences(const char* name) {
    GMimeReferences* const found = g_mime_references_parse(Options(), Header(name).c_str());
    const int count = g_mime_references_length(found);
    for (int i = 0; i < count; ++i) {
      if (i > 0 && i < count - kMaxReferences) continue;
      std::string id = LineOf(g_mime_references_get_message_id(found, i));
      if (!id.empty() && id != mail_.message_id) mail_.references.push_back(std::move(id));
    }
    g_mime_references_free(found);
  }

  // The first mailbox of a header. Public archives write "ada at example.org".
  struct Mailbox {
    std::string name, address;
  };
  Mailbox MailboxOf(const char* name) const {
    std::string header = TextOf(g_mime_object_get_header(GMIME_OBJECT(message_), name));
    if (header.find('@') == std::string::npos) {
      header = absl::StrReplaceAll(header, {{" at ", "@"}});
    }
    const Owned<InternetAddressList> list(internet_address_list_parse(Options(), header.c_str()));
    const int count = list ? internet_address_list_length(list.get()) : 0;
    for (int i = 0; i < count; ++i) {
      InternetAddress* const address = internet_address_list_get_address(list.get(), i);
      if (!INTERNET_ADDRESS_IS_MAILBOX(address)) continue;
      return {LineOf(internet_address_get_name(address)),
              absl::AsciiStrToLower(
                  LineOf(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address))))};
    }
    return {};
  }

  void AddAuthor() {
    Mailbox from = MailboxOf("From");
    // Lists that write themselves into From name the author, and tell the address elsewhere.
    const std::size_t via = from.name.rfind(" via ");
    if (via != std::string::npos) {
      from.name.resize(via);
      Mailbox author = MailboxOf("X-Original-From");
      if (author.address.empty()) author = MailboxOf("Reply-To");
      from.address = author.address.empty() ? from.name + " via " + from.address : author.address;
    }
    mail_.address = from.address;
    const std::string& name = from.name.empty() ? from.address : from.name;
    mail_.author = name.substr(0, name.find('@'));
  }

  void AddTime() {
    GDateTime* const date = g_mime_message_get_date(message_);
    if (date == nullptr) return;
    constexpr std::int64_t kYear2100 = 4102444800;
    const std::int64_t seconds = g_date_time_to_unix(date);
    if (seconds >= 0 && seconds < kYear2100) mail_.time = absl::FromUnixSeconds(seconds);
  }

  void AddPart(GMimeObject* part, int depth) {
    if (depth > kMaxDepth) {
      mail_.lost.push_back("parts that nest too deep");
    } else if (GMIME_IS_MULTIPART_ENCRYPTED(part)) {
      mail_.lost.push_back("a text that is encrypted");
    } else if (GMIME_IS_MULTIPART(part)) {
      AddParts(GMIME_MULTIPART(part), depth);
    } else if (GMIME_IS_TEXT_PART(part) && !IsAttached(part)) {
      AddText(GMIME_TEXT_PART(part));
    } else if (GMIME_IS_PART(part)) {
      AddFile(GMIME_PART(part));
    } else {
      mail_.lost.push_back("a message that is attached to it");
    }
  }

  void AddParts(GMimeMultipart* parts, int depth) {
    const int count = g_mime_multipart_get_count(parts);
    const char* const subtype =
        g_mime_content_type_get_media_subtype(g_mime_object_get_content_type(GMIME_OBJECT(parts)));
    if (subtype == nullptr || g_ascii_strcasecmp(subtype, "alternative") != 0) {
      for (int i = 0; i < count; ++i) AddPart(g_mime_multipart_get_part(parts, i), depth + 1);
      return;
    }
    // Of several forms of the same the plain one, else the first that says something.
    std::string said;
    for (const bool plain : {true, false}) {
      for (int i = 0; i < count; ++i) {
        GMimeObject* const part = g_mime_multipart_get_part(parts, i);
        const bool is_plain =
            GMIME_IS_TEXT_PART(part) &&
            g_mime_content_type_is_type(g_mime_object_get_content_type(part), "text", "plain") != 0;
        if (is_plain != plain) continue;
        const std::size_t before = mail_.html.size();
        AddPart(part, depth + 1);
        if (mail_.html.size() > before) return;
      }
    }
  }

  static bool IsAttached(GMimeObject* part) {
    const char* const disposition = g_mime_object_get_disposition(part);
    return (disposition != nullptr && g_ascii_strcasecmp(disposition, "attachment") == 0) ||
           g_mime_part_get_filename(GMIME_PART(part)) != nullptr;
  }

  void AddText(GMimeTextPart* part) {
    const std::unique_ptr<char, FreeText> decoded(g_mime_text_part_get_text(part));
    std::string_view text = decoded == nullptr ? std::string_view() : decoded.get();
    if (text.size() > kMostTextBytes) {
      mail_.lost.push_back(absl::StrCat("all behind ", kMostTextBytes >> 10, " KiB of its text"));
      text = text.substr(0, kMostTextBytes);
    }
    GMimeContentType* const type = g_mime_object_get_content_type(GMIME_OBJECT(part));
    if (g_mime_content_type_is_type(type, "text", "html") != 0) {
      mail_.html += BodyOfHtml(Storable(text));
      return;
    }
    const char* const format = g_mime_content_type_get_parameter(type, "format");
    const bool flowed = format != nullptr && g_ascii_strcasecmp(format, "flowed") == 0;
    mail_.html += HtmlOfPlainText(Storable(text), flowed ? LineEnds::kFlowed : LineEnds::kFixed);
  }

  void AddFile(GMimePart* part) {
    GMimeContentType* const type = g_mime_object_get_content_type(GMIME_OBJECT(part));
    for (const char* const proof : {"pgp-signature", "pkcs7-signature", "x-pkcs7-signature"}) {
      if (g_mime_content_type_is_type(type, "application", proof) != 0) return;
    }
    gint64 size = 0;
    if (GMimeDataWrapper* const content = g_mime_part_get_content(part)) {
      const Owned<GMimeStream> nowhere(g_mime_stream_null_new());
      size = g_mime_data_wrapper_write_to_stream(content, nowhere.get());
    }
    mail_.lost.push_back(
        importing::FileLoss(LineOf(g_mime_part_get_filename(part)),
                            static_cast<std::uint64_t>(std::max<gint64>(size, 0))));
  }

  GMimeMessage* message_;
  Mail mail_;
};

}  // namespace

Mail ParseMail(std::string_view bytes) {
  GMimeParserOptions* const options = Options();
  const BoundedMail bounded = BoundMail(bytes);
  const Owned<GMimeStream> stream(
      g_mime_stream_mem_new_with_buffer(bounded.bytes.data(), bounded.bytes.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), options));
  Mail mail = message ? MailReader(message.get()).Read() : Mail();
  if (bounded.cut) mail.lost.push_back("all behind its first thousand parts");
  return mail;
}

}  // namespace guildhall::mbox
