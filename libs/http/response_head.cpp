#include "libs/http/response_head.h"

#include <charconv>

#include "absl/strings/str_cat.h"

namespace guildhall::http {
namespace {

// Whole lines, so that the usual answer is copied and not composed.
std::string_view StatusLine(int status) {
  switch (status) {
    case 200:
      return "HTTP/1.1 200 OK\r\n";
    case 204:
      return "HTTP/1.1 204 No Content\r\n";
    case 400:
      return "HTTP/1.1 400 Bad Request\r\n";
    case 401:
      return "HTTP/1.1 401 Unauthorized\r\n";
    case 403:
      return "HTTP/1.1 403 Forbidden\r\n";
    case 404:
      return "HTTP/1.1 404 Not Found\r\n";
    case 405:
      return "HTTP/1.1 405 Method Not Allowed\r\n";
    case 408:
      return "HTTP/1.1 408 Request Timeout\r\n";
    case 409:
      return "HTTP/1.1 409 Conflict\r\n";
    case 412:
      return "HTTP/1.1 412 Precondition Failed\r\n";
    case 413:
      return "HTTP/1.1 413 Content Too Large\r\n";
    case 415:
      return "HTTP/1.1 415 Unsupported Media Type\r\n";
    case 417:
      return "HTTP/1.1 417 Expectation Failed\r\n";
    case 429:
      return "HTTP/1.1 429 Too Many Requests\r\n";
    case 431:
      return "HTTP/1.1 431 Request Header Fields Too Large\r\n";
    case 499:
      return "HTTP/1.1 499 Client Closed Request\r\n";
    case 500:
      return "HTTP/1.1 500 Internal Server Error\r\n";
    case 501:
      return "HTTP/1.1 501 Not Implemented\r\n";
    case 503:
      return "HTTP/1.1 503 Service Unavailable\r\n";
    case 504:
      return "HTTP/1.1 504 Gateway Timeout\r\n";
    case 505:
      return "HTTP/1.1 505 HTTP Version Not Supported\r\n";
    default:
      return {};
  }
}

constexpr int kNoContent = 204;  // has no length (RFC 9110 section 8.6)

void WriteUsualLines(const Response& response, std::string_view date, std::string_view persistence,
                     std::string& out) {
  if (const std::string_view line = StatusLine(response.status); !line.empty()) {
    out.append(line);
  } else {
    absl::StrAppend(&out, "HTTP/1.1 ", response.status, " Status\r\n");
  }
  out.append(response.head).append(date).append(persistence);
}

}  // namespace

std::string StreamHead(const Response& response, std::string_view date,
                       std::string_view persistence, bool chunked) {
  std::string out;
  WriteUsualLines(response, date, persistence, out);
  return out.append(chunked ? "transfer-encoding: chunked\r\n\r\n" : "\r\n");
}

void WriteResponseHead(const Response& response, std::string_view date,
                       std::string_view persistence, std::string& out) {
  out.clear();
  WriteUsualLines(response, date, persistence, out);
  if (response.status != kNoContent) {
    char digits[20];
    const std::size_t size =
        response.body.size() - response.skip + response.tail.size() + response.constant.size();
    const auto end = std::to_chars(digits, digits + sizeof digits, size).ptr;
    out.append("content-length: ").append(digits, end).append("\r\n");
  }
  out.append("\r\n");
}

}  // namespace guildhall::http
