#pragma once

#include "jobs/study/result/contrast.hpp"
#include "jobs/study/result/result_file.hpp"
#include "jobs/study/statistics/estimates.hpp"
#include "jobs/study/statistics/sign_condition.hpp"

#include <string>
#include <vector>

/// The answer to a question asked with four scenarios: neither, the first, the second, both.
namespace latecomer::jobs::study {

/// What is told of each outcome: what each does alone, both do together, the mean of what one does
/// without and with the other (main effect), and what both do beyond the sum of each alone (interaction).
///
/// Where the money of both is that of each alone, both do half as much of each, and without any
/// interplay the interaction is minus the mean of the two.  `mixture` is what both do beyond that mean: above
/// zero, the two complement each other.  Whether sharing the money is better than putting it into one of them
/// is said by `both_over_first` and `both_over_second`, both less each alone.
enum class Effect {
    first,
    second,
    both,
    main_first,
    main_second,
    interaction,
    mixture,
    both_over_first,
    both_over_second
};
inline constexpr std::size_t effects = 9;
std::string_view name_of(Effect effect);

/// What may decide over the sign of an effect: a parameter or a figure that the study varies over its
/// points, or what an economy had at the start or has without either.
struct Condition {
    std::string name;
    bool of_economies = false;  ///< units are economies, not points
    std::vector<double> values;
};

struct Answer {
    Contrasts contrasts;                      ///< of the runs that it rests on
    std::vector<ContrastEstimate> estimates;  ///< by outcome, cell, group and effect
    std::vector<ContrastEstimate>
        costs;  ///< share of demand that latecomers spend: first, second, both; by cell
    std::vector<Condition> conditions;
    std::vector<SignCondition> signs;  ///< by outcome of economies, effect and condition
};

/// @param plan of a study with a question
Answer answer_question(const Plan& plan, const OutcomeTable& table);

/// For people: costs, effects by group with intervals, and where signs flip.
std::string describe_answer(const Plan& plan, const Answer& answer);

/// Writes question_effect(question_outcome, cell, group, effect) and question_sign_*, with the
/// coordinates that write_comparison() does not add.
void write_answer(ResultFile& result, const Plan& plan, const Answer& answer);

}  // namespace latecomer::jobs::study
