#include "io/manual/manual_table.hpp"

namespace latecomer {

ManualTopic manual_model()
{
    return {
        "model",
        "One quarter of the model",
        "Events of a quarter in their order.  Equations are those of agents/MODEL.md.",
        {{"event",
          "",
          "",
          {"step", "who", "equations", "what happens"},
          {{"1", "technology, the scenario", "19",
            "Windows of technology open; what the scenario switches takes effect."},
           {"2", "governments", "20, 21, 22, 3b, 30, 31",
            "Budgets decide how far requested instruments take effect; skills follow training; "
            "lead firms review their presence; home governments answer."},
           {"3", "economies", "1, 2, 3",
            "Exchange rates, wages, adoption of digital technology and final demand move."},
           {"4", "everybody", "",
            "The frontier, domestic means, best firms and mean revenues of the last quarter "
            "are fixed as references for this one."},
           {"5", "firms", "4, 5, 6, 7, 8, 9",
            "Latecomer and lead firms learn by doing, innovate and absorb, stage by stage."},
           {"6", "firms", "10, 11, 12",
            "Unit costs, prices and the quality that data give make up competitiveness."},
           {"7", "pools of firms", "13, 14",
            "Firms of one economy and position compete for its sales; mark-ups follow shares."},
           {"8", "markets", "15, 16",
            "Demand is shared out between domestic firms, foreign pools and lead firms; price "
            "indices follow."},
           {"9", "firms", "17, 18",
            "Revenue pays wages, inputs, search, taxes and dividends; use generates data, which "
            "is kept, localised or exported."},
           {"10", "firms", "23, 24, 25, 26",
            "Firms leave, move up the value chain or begin to export; new firms enter and are "
            "handed their shares."},
           {"11", "economies", "27, 28, 29",
            "Trade balances, the rest of each economy and the orders for inputs are "
            "accounted."},
           {"12", "observers", "", "The quarter is recorded."}}}}};
}

}  // namespace latecomer
