#pragma once

#include <filesystem>
#include <fstream>
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

}  // namespace latecomer::tests
