#pragma once

namespace latecomer::tests {

/// Whether memory is watched by a sanitizer (preset `asan`), under which the same takes some ten times as long.
#ifdef __has_feature  // of clang, with which that preset compiles
inline constexpr bool is_sanitized = __has_feature(address_sanitizer);
#else
inline constexpr bool is_sanitized = false;
#endif

}  // namespace latecomer::tests
