#pragma once

namespace latecomer::tests {

/// Whether memory is watched by a sanitizer (preset `asan`), under which the same takes some ten times as long.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool is_sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool is_sanitized = true;
#else
inline constexpr bool is_sanitized = false;
#endif
#else
inline constexpr bool is_sanitized = false;
#endif

}  // namespace latecomer::tests
