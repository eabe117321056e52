#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace latecomer::tests {

/// Writes a file, with the folders on its way; returns its path.
inline std::filesystem::path write_file(const std::filesystem::path& path,
                                        const std::string& content)
{
    std::filesystem::create_directories(path.parent_path());
    std::ofstream{path, std::ios::binary} << content;
    return path;
}

/// The bytes of a file; none if it cannot be read.
inline std::string read_file(const std::filesystem::path& path)
{
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace latecomer::tests
