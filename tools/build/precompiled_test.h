#pragma once

// What every test includes besides: see precompiled.h.

#include <catch2/catch.hpp>

#include "tools/build/precompiled.h"
