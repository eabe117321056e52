#pragma once

#include <cstdint>
#include <string>

/// Numbers as people read them.
namespace latecomer::jobs {

std::string grouped(std::int64_t number);      ///< "23,456"
std::string fixed(double number, int digits);  ///< "0.305"; a dash if there is no number
std::string significant(double number);        ///< "0.0123", "12,300": three digits
std::string rounded(double number);            ///< "12.3 M", "810", for rates
std::string bytes(double number);              ///< "1.2 GiB"
std::string duration(double seconds);          ///< "0:05", "1:02:03"

/// The text with blanks on one side of it so that it is at least so wide.
std::string left(std::string words, std::size_t width);
std::string right(std::string words, std::size_t width);

}  // namespace latecomer::jobs
