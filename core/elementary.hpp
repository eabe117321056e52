#pragma once

/// Elementary functions whose results have the same bits on every machine and compiler.
///
/// Each call takes the code for this processor (core/instruction_set.hpp), some nanoseconds.  Loops over many
/// values are kernels and use core/kernels/elementary.hpp, which is what these functions call.
///
/// Largest errors measured over millions of points against 80-bit libm, in ulp (bounds are asserted
/// in tests/unit/core/elementary.cpp):
/// exp 1.05, expm1 2.23, log 0.82, log1p 0.80, pow 0.69 while |y log x| <= 700; sine and cosine of a turn
/// 1.54 2^-53.
namespace latecomer::elementary {

/// e^x.  0 below -745.13, infinite above 709.78.
double exp(double x);

/// e^x - 1, accurate also near zero.
double expm1(double x);

/// Natural logarithm.  -infinite at 0, NaN below.
double log(double x);

/// log(1 + x), accurate also near zero.  -infinite at -1, NaN below.
double log1p(double x);

/// x^y for x >= 0 and finite y; NaN for x < 0.  x^0 is 1 for every x, 0^y is 0 or infinite.
double pow(double x, double y);

struct SineAndCosine {
    double sine;
    double cosine;
};

/// sin(2 pi u) and cos(2 pi u) for |u| <= 2^20.
SineAndCosine sincos_of_turn(double u);

}  // namespace latecomer::elementary
