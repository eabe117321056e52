#pragma once

#include "core/instruction_set.hpp"

#include <cstddef>

/// The loops over the suppliers of a market, by code for this processor.  What they compute is explained where
/// they are called, in agents/markets.
namespace latecomer {

/// What the foreign pools offer at a position, side by side by country of origin.
struct ForeignOffers {
    const double* appeal = nullptr;      ///< before barriers and tariffs
    const double* unit_index = nullptr;  ///< units per value, before barriers and tariffs
    const double* barrier = nullptr;
    std::size_t count = 0;
};

/// What foreign pools get from sales at a position, added up by country of origin.
struct ForeignReceipts {
    double* received = nullptr;
    double* tariffs = nullptr;
};

/// What a country pays for its imports from pools.
struct ImportBill {
    double received = 0.0;  ///< by the pools
    double tariffs = 0.0;   ///< by the government
};

/// Sums over the suppliers of a market.
struct SupplySums {
    double shares = 0.0;
    double units = 0.0;  ///< share times units per value
};

struct MarketKernels {
    /// log_appeal[o] = ln(offers.appeal[o] / (1 + barrier[o] + tariff[o] + tariff_on_all)) (eq. 15).
    void (*log_appeal_abroad)(const ForeignOffers&, const double* tariff, double tariff_on_all,
                              double* log_appeal);

    /// unit_index[o] and the part of a payment that is tariff, in the same way (eq. 15, 16).
    void (*terms_abroad)(const ForeignOffers&, const double* tariff, double tariff_on_all,
                         double* unit_index, double* tariff_part);

    /// logs[i] = ln values[i].
    void (*logarithms)(const double* values, std::size_t n, double* logs);

    /// S <- S^habit taste^(1-habit) appeal^sensitivity / sum over n suppliers (eq. 15).  False, and all
    /// shares zero, if nobody can supply.  `scratch` has room for n numbers.
    bool (*update_shares)(double* shares, const double* log_tastes, const double* log_appeal,
                          std::size_t n, double habit, double sensitivity, double* scratch);

    /// sales[k] = shares[k] * contestable.
    SupplySums (*sell)(const double* shares, const double* unit_index, std::size_t n,
                       double contestable, double* sales);

    /// Books what n foreign pools sold in a country.
    ImportBill (*book_imports)(const double* sales, const double* tariff_part, std::size_t n,
                               const ForeignReceipts&);

    /// exported[o] = share_exported * intensity * sales[o] * unit_index[o], added to `by_holder` too; returns
    /// the sum of what was generated (eq. 18b).
    double (*take_data)(const double* sales, const double* unit_index, std::size_t n,
                        double intensity, double share_exported, double* exported,
                        double* by_holder);

    /// quality[i] = 1 + gain (1 - (1 + data[i]/data_scale)^-exponent) (eq. 11).
    void (*data_quality)(const double* data, std::size_t n, double gain, double data_scale,
                         double exponent, double* quality);
};

LATECOMER_KERNELS_OF_EACH_SET(MarketKernels, market_kernels)

/// Those of the instruction set that runs.
const MarketKernels& market_kernels();

}  // namespace latecomer
