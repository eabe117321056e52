#include "agents/kernels/market_kernels.hpp"

#include "core/kernels/elementary.hpp"

namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET {
namespace {

/// Sums of doubles in an order that no vector width changes: supplier k adds to sum k modulo 8, and these are added in
/// pairs.
struct StripedSum {
    static constexpr std::size_t stripes = 8;
    double part[stripes] = {};

    [[gnu::always_inline]] double total() const
    {
        return ((part[0] + part[4]) + (part[2] + part[6])) +
               ((part[1] + part[5]) + (part[3] + part[7]));
    }
};

/// Calls use(k, j) for k < n with j = k modulo 8; eight neighbours become vectors.
template <class Use>
[[gnu::always_inline]] inline void for_stripes(std::size_t n, const Use& use)
{
    std::size_t first = 0;
    for (; first + StripedSum::stripes <= n; first += StripedSum::stripes) {
#pragma omp simd
        for (std::size_t j = 0; j < StripedSum::stripes; ++j) {
            use(first + j, j);
        }
    }
    for (std::size_t k = first; k < n; ++k) {
        use(k, k - first);
    }
}

void log_appeal_abroad(const ForeignOffers& offers, const double* tariff, double tariff_on_all,
                       double* log_appeal)
{
#pragma omp simd
    for (std::size_t o = 0; o < offers.count; ++o) {
        const double paid = tariff[o] + tariff_on_all;
        log_appeal[o] = log(offers.appeal[o] / (1.0 + offers.barrier[o] + paid));
    }
}

void logarithms(const double* values, std::size_t n, double* logs)
{
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
        logs[i] = log(values[i]);
    }
}

void terms_abroad(const ForeignOffers& offers, const double* tariff, double tariff_on_all,
                  double* unit_index, double* tariff_part)
{
#pragma omp simd
    for (std::size_t o = 0; o < offers.count; ++o) {
        const double paid = tariff[o] + tariff_on_all;
        const double part = 1.0 / (1.0 + offers.barrier[o] + paid);
        unit_index[o] = offers.unit_index[o] * part;
        tariff_part[o] = paid * part;
    }
}

bool update_shares(double* shares, const double* log_tastes, const double* log_appeal,
                   std::size_t n, double habit, double sensitivity, double* log_weight)
{
    constexpr double no_weight = -infinity;
    constexpr double negligible_share =
        1e-300;  // smaller market shares count as zero: so no share is subnormal
    const double taste_weight = 1.0 - habit;
    // Not minus infinity: what a reduction begins with is the least finite number with some compilers.
    constexpr double least_weight = -1e300;
    double largest = least_weight;
    if (habit > 0.0) {
#pragma omp simd
        for (std::size_t k = 0; k < n; ++k) {
            const double weight = habit * log_of_normal(shares[k]);
            log_weight[k] = shares[k] > 0.0 ? weight : no_weight;
        }
    } else {
        for (std::size_t k = 0; k < n; ++k) {
            log_weight[k] = 0.0;
        }
    }
    if (taste_weight > 0.0) {
#pragma omp simd reduction(max : largest)
        for (std::size_t k = 0; k < n; ++k) {
            const double known = multiply_add(taste_weight, log_tastes[k], log_weight[k]);
            const double weight = multiply_add(sensitivity, log_appeal[k], known);
            log_weight[k] = log_appeal[k] > no_weight ? weight : no_weight;
            largest = largest < log_weight[k] ? log_weight[k] : largest;
        }
    } else {
#pragma omp simd reduction(max : largest)
        for (std::size_t k = 0; k < n; ++k) {
            const double weight = multiply_add(sensitivity, log_appeal[k], log_weight[k]);
            log_weight[k] = log_appeal[k] > no_weight ? weight : no_weight;
            largest = largest < log_weight[k] ? log_weight[k] : largest;
        }
    }
    if (largest <= least_weight) {
        for (std::size_t k = 0; k < n; ++k) {
            shares[k] = 0.0;
        }
        return false;
    }
    StripedSum sum;
#pragma omp simd
    for (std::size_t k = 0; k < n; ++k) {
        shares[k] = exp_of_moderate(log_weight[k] - largest);
    }
    for_stripes(n, [&](std::size_t k, std::size_t j) { sum.part[j] += shares[k]; });
    const double inverse = 1.0 / sum.total();
#pragma omp simd
    for (std::size_t k = 0; k < n; ++k) {
        const double share = shares[k] * inverse;
        shares[k] = share < negligible_share ? 0.0 : share;
    }
    return true;
}

SupplySums sell(const double* shares, const double* unit_index, std::size_t n, double contestable,
                double* sales)
{
    StripedSum all;
    StripedSum units;
    for_stripes(n, [&](std::size_t k, std::size_t j) {
        sales[k] = shares[k] * contestable;
        all.part[j] += shares[k];
        units.part[j] += shares[k] * unit_index[k];
    });
    return {all.total(), units.total()};
}

ImportBill book_imports(const double* sales, const double* tariff_part, std::size_t n,
                        const ForeignReceipts& receipts)
{
    StripedSum received;
    StripedSum tariffs;
    for_stripes(n, [&](std::size_t o, std::size_t j) {
        const double to_government = sales[o] * tariff_part[o];
        const double to_pool = sales[o] * (1.0 - tariff_part[o]);
        receipts.received[o] += to_pool;
        receipts.tariffs[o] += to_government;
        received.part[j] += to_pool;
        tariffs.part[j] += to_government;
    });
    return {received.total(), tariffs.total()};
}

double take_data(const double* sales, const double* unit_index, std::size_t n, double intensity,
                 double share_exported, double* exported, double* by_holder)
{
    StripedSum generated;
    for_stripes(n, [&](std::size_t o, std::size_t j) {
        const double data = intensity * sales[o] * unit_index[o];
        exported[o] = share_exported * data;
        by_holder[o] += exported[o];
        generated.part[j] += data;
    });
    return generated.total();
}

void data_quality(const double* data, std::size_t n, double gain, double data_scale,
                  double exponent, double* quality)
{
    if (exponent == 0.25) {
#pragma omp simd
        for (std::size_t i = 0; i < n; ++i) {
            quality[i] =
                multiply_add(gain, 1.0 - 1.0 / quarter_root(1.0 + data[i] / data_scale), 1.0);
        }
        return;
    }
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
        quality[i] = log_of_normal(1.0 + data[i] / data_scale);
    }
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
        quality[i] = multiply_add(gain, 1.0 - exp(-exponent * quality[i]), 1.0);
    }
}

}  // namespace

MarketKernels market_kernels()
{
    return {log_appeal_abroad, terms_abroad, logarithms,  update_shares, sell,
            book_imports,      take_data,    data_quality};
}

}  // namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET
