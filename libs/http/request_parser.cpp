// The one source that includes Beast: it takes 20 s to compile.
#include "libs/http/request_parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include "absl/strings/match.h"
#include "libs/base/strings.h"

namespace guildhall::http {
namespace {

namespace beast = boost::beast;
using beast::error_code;
using beast::http::error;
using beast::http::field;
using BeastView = beast::string_view;

std::string_view Std(BeastView text) { return {text.data(), text.size()}; }

void LowerCase(const char* begin, std::size_t size) {
  // The parser hands out views of a buffer that is ours to change.
  char* at = const_cast<char*>(begin);
  for (char* const end = at + size; at != end; ++at) {
    if (*at >= 'A' && *at <= 'Z') *at |= 0x20;
  }
}

// Whether a request line ends like one, in whatever version.
bool NamesAVersion(std::string_view line) {
  constexpr std::string_view kLike = " HTTP/d.d";
  if (line.size() < kLike.size()) return false;
  line.remove_prefix(line.size() - kLike.size());
  const auto digit = [&](std::size_t at) { return line[at] >= '0' && line[at] <= '9'; };
  return line.starts_with(" HTTP/") && digit(6) && line[7] == '.' && digit(8);
}

// Beast's grammar, our storage: callbacks fill a RequestHead, chunk data goes to a string.
class Parser final : public beast::http::basic_parser<true> {
 public:
  Parser(std::string_view text, RequestHead* head) : text_(text), head_(head) {}

  int status() const { return status_; }
  int hosts() const { return hosts_; }
  void set_body(std::string* body) { body_ = body; }

 private:
  void on_request_impl(beast::http::verb, BeastView method, BeastView target, int version,
                       error_code&) override {
    head_->method = Std(method);
    head_->target = Std(target);
    head_->http_1_1 = version == 11;
  }

  void on_field_impl(field name, BeastView name_text, BeastView value, error_code& ec) override {
    if (head_done_) return;  // a trailer
    // A folded value was joined in another buffer.
    if (!value.empty() && (value.data() < text_.data() || value.data() >= text_.end())) {
      return Refuse(400, ec);
    }
    LowerCase(name_text.data(), name_text.size());
    head_->fields.push_back({Std(name_text), Std(value)});
    switch (name) {
      case field::host:
        ++hosts_;
        break;
      case field::content_length:
        if (++lengths_ > 1 || !OnlyDigits(Std(value))) Refuse(400, ec);
        break;
      case field::transfer_encoding:
        if (!head_->http_1_1) return Refuse(400, ec);
        if (!absl::EqualsIgnoreCase(Absl(Std(value)), "chunked")) return Refuse(501, ec);
        break;
      case field::expect:
        if (!absl::EqualsIgnoreCase(Absl(Std(value)), "100-continue")) return Refuse(417, ec);
        head_->expects_continue = head_->http_1_1;
        break;
      default:
        break;
    }
  }

  void on_header_impl(error_code&) override { head_done_ = true; }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(BeastView, error_code&) override { return 0; }
  void on_chunk_header_impl(std::uint64_t, BeastView, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, BeastView data, error_code&) override {
    body_->append(data.data(), data.size());
    return data.size();
  }
  void on_finish_impl(error_code&) override {}
  void on_response_impl(int, BeastView, int, error_code&) override {}

  static bool OnlyDigits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  }

  void Refuse(int status, error_code& ec) {
    status_ = status;
    ec = error::bad_value;
  }

  std::string_view text_;
  RequestHead* head_;
  std::string* body_ = nullptr;
  int status_ = 400;
  int hosts_ = 0;
  int lengths_ = 0;
  bool head_done_ = false;
};

}  // namespace

int ParseHead(std::span<char> text, RequestHead& head) {
  std::vector<Field> fields = std::move(head.fields);
  fields.clear();
  head = {};
  head.fields = std::move(fields);  // keeps its capacity from request to request
  const std::string_view view(text.data(), text.size());
  Parser parser(view, &head);
  parser.header_limit(static_cast<std::uint32_t>(text.size()));
  parser.body_limit(boost::none);
  error_code ec;
  parser.put(boost::asio::const_buffer(view.data(), view.size()), ec);
  if (ec == error::bad_version && NamesAVersion(view.substr(0, view.find("\r\n")))) return 505;
  if (ec) return parser.status();
  if (!parser.is_header_done()) return 400;
  if (parser.hosts() > 1 || (parser.hosts() == 0 && head.http_1_1)) return 400;
  head.keep_alive = parser.keep_alive();
  head.chunked = parser.chunked();
  head.content_length = parser.content_length().value_or(0);
  return 0;
}

class ChunkReader::Impl {
 public:
  explicit Impl(Bytes max_body) : parser_(kHead, &head_) {
    parser_.body_limit(Count(max_body));
    error_code ec;
    parser_.put(boost::asio::const_buffer(kHead.data(), kHead.size()), ec);
    parser_.eager(true);
  }

  State Read(std::string_view input, std::size_t& consumed, std::string& body) {
    // Beast aborts on a part of an empty body: once it has seen "0\r\n", it asserts that what comes
    // again is five bytes or more. What begins so has at least its end before it.
    consumed = 0;
    if (input.starts_with('0') && input.size() < kEnd.size()) return State::kMore;
    parser_.set_body(&body);
    error_code ec;
    consumed = parser_.put(boost::asio::const_buffer(input.data(), input.size()), ec);
    if (parser_.is_done()) return State::kDone;
    if (!ec || ec == error::need_more) return State::kMore;
    return ec == error::body_limit ? State::kTooLarge : State::kMalformed;
  }

 private:
  static constexpr std::string_view kEnd = "0\r\n\r\n";
  // The parser learns that chunks come from a head; the real one was read with ParseHead.
  static constexpr std::string_view kHead = "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n";
  RequestHead head_;
  Parser parser_;
};

ChunkReader::ChunkReader(Bytes max_body) : impl_(std::make_unique<Impl>(max_body)) {}
ChunkReader::~ChunkReader() = default;

ChunkReader::State ChunkReader::Read(std::string_view input, std::size_t& consumed,
                                     std::string& body) {
  return impl_->Read(input, consumed, body);
}

}  // namespace guildhall::http
