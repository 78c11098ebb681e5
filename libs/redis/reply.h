#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::redis {

// What Redis said to one command (RESP2). A value: it owns its bytes.
struct Reply {
  enum class Type {
    kNil,
    kInteger,
    kString,  // also what Redis calls a status, such as OK
    kError,   // the server refuses, and the connection is sound: "OOM command not allowed …"
    kArray,
  };

  Type type = Type::kNil;
  std::int64_t integer = 0;     // of kInteger
  std::string text;             // of kString (any bytes) and kError (for people)
  std::vector<Reply> elements;  // of kArray

  bool is_nil() const { return type == Type::kNil; }
  bool is_integer() const { return type == Type::kInteger; }
  bool is_string() const { return type == Type::kString; }
  bool is_error() const { return type == Type::kError; }
  bool is_array() const { return type == Type::kArray; }

  // The first word of an error, by which programs tell it: ERR, OOM, NOAUTH, WRONGTYPE, LOADING,
  // READONLY; empty for what is no error.
  std::string_view error_code() const {
    const std::string_view all = is_error() ? std::string_view(text) : std::string_view();
    return all.substr(0, all.find(' '));
  }
};

}  // namespace guildhall::redis
