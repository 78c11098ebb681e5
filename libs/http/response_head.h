#pragma once

// The start of an answer; for the sources of this library only.

#include <string>
#include <string_view>

#include "libs/http/message.h"

namespace guildhall::http {

// Writes the status line, the handler's lines, `date` and `persistence` (whole lines both),
// content-length where the status allows one, and the empty line into `out`, which keeps its memory
// from answer to answer.
void WriteResponseHead(const Response& response, std::string_view date,
                       std::string_view persistence, std::string& out);

// The same for an answer that comes piece by piece: in chunks, or to the end of the connection.
std::string StreamHead(const Response& response, std::string_view date,
                       std::string_view persistence, bool chunked);

}  // namespace guildhall::http
