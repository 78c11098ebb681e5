#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/bytes.h"
#include "libs/settings/schema.h"

// How each type of setting is read and printed; Parse and Print are each other's inverse, except
// for secrets. Parse answers false and leaves `out` alone when the text is not of the type.
namespace guildhall::settings {

bool Parse(std::string_view text, bool* out);
bool Parse(std::string_view text, int* out);
bool Parse(std::string_view text, double* out);
bool Parse(std::string_view text, std::string* out);
bool Parse(std::string_view text, absl::Duration* out);
bool Parse(std::string_view text, Bytes* out);
bool Parse(std::string_view text, std::vector<std::string>* out);
bool Parse(std::string_view text, Secret* out);

std::string Print(bool value);
std::string Print(int value);
std::string Print(double value);
std::string Print(const std::string& value);
std::string Print(absl::Duration value);
std::string Print(Bytes value);
std::string Print(const std::vector<std::string>& value);
std::string Print(const Secret& value);

}  // namespace guildhall::settings
