#pragma once

#include <string>
#include <vector>

/// What stands in the fields of records that all writers of journals fill in alike.
namespace latecomer::jobs::study {

/// Keys of the outcomes in their order in a record: "gap_at_end.IDN", then "world.catch_ups".
std::vector<std::string> outcome_keys(const std::vector<std::string>& countries, bool moments);

/// What records say of the program that wrote them.
std::string this_build();

}  // namespace latecomer::jobs::study
