#pragma once

#include <libpq-fe.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "libs/base/check.h"
#include "libs/postgres/codec.h"

namespace guildhall::postgres {

// One row of an answer; valid as long as its Rows.
class Row {
 public:
  // The value of the column, counted from 0. T is any type with a Codec, std::optional<T>, or
  // std::vector of either. NULL for a T that is not optional, and a column of another type, are
  // programmer's errors and abort. A std::string_view points into the Rows.
  template <typename T>
  T Get(int column) const {
    if constexpr (codec::Shape<T>::kNullable) {
      if (IsNull(column)) return std::nullopt;
      return Get<typename codec::Shape<T>::Value>(column);
    } else {
      const std::string_view bytes(PQgetvalue(result_, row_, column),
                                   static_cast<std::size_t>(PQgetlength(result_, row_, column)));
      // Only what has no bytes may be NULL or no column: to ask for each value is dear.
      GUILDHALL_CHECK(!bytes.empty() || !IsNull(column));
      const Oid type = PQftype(result_, column);
      if constexpr (codec::Shape<T>::kList) {
        GUILDHALL_CHECK(codec::ElementOf(type) != 0);
        return codec::DecodeList<T>(bytes);
      } else {
        GUILDHALL_CHECK(Codec<T>::Accepts(type));
        return Codec<T>::Decode(bytes);
      }
    }
  }

  bool IsNull(int column) const { return PQgetisnull(result_, row_, column) != 0; }

 private:
  friend class Rows;
  Row(const PGresult* result, int row) : result_(result), row_(row) {}

  const PGresult* result_;
  int row_;
};

// The answer to one statement, owned. Default-constructed it has no rows.
class Rows {
 public:
  Rows() = default;
  explicit Rows(PGresult* owned) : result_(owned) {}

  std::size_t size() const { return static_cast<std::size_t>(PQntuples(result_.get())); }
  bool empty() const { return size() == 0; }
  Row operator[](std::size_t row) const {
    GUILDHALL_CHECK(row < size());
    return Row(result_.get(), static_cast<int>(row));
  }

  // How many rows the statement returned, inserted, updated or deleted.
  std::int64_t affected() const;

  const PGresult* get() const { return result_.get(); }

  // The server's name for what it did, such as "COMMIT".
  std::string_view tag() const;

  class Iterator {
   public:
    Row operator*() const { return Row(result_, row_); }
    Iterator& operator++() {
      ++row_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return row_ != other.row_; }

   private:
    friend class Rows;
    Iterator(const PGresult* result, int row) : result_(result), row_(row) {}
    const PGresult* result_;
    int row_;
  };
  Iterator begin() const { return {result_.get(), 0}; }
  Iterator end() const { return {result_.get(), static_cast<int>(size())}; }

 private:
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  std::unique_ptr<PGresult, Clear> result_;
};

}  // namespace guildhall::postgres
