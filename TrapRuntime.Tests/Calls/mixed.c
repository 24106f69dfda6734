/* Compiled by the tests: what a C compiler makes of the convention, against what the library makes of it. */
#include <stdint.h>

typedef double host_function(int32_t, double, int64_t, float, int64_t, int64_t, int32_t, int64_t, int32_t,
                             double, double, double, double, double, double, double, double, float, int64_t);

/* Passes its arguments on, each changed in another way. */
double pass_on(int64_t host, int32_t a, double b, int64_t c, float d, int64_t e, int64_t f, int32_t g, int64_t h, int32_t i,
               double j, double k, double l, double m, double n, double o, double p, double q, float r, int64_t s)
{
    host_function *function = (host_function *)host;
    return 1.0 + function(a + 1, b * 2, c - 3, d * 0.5f, e + 5, f - 6, g * 7, h ^ 8, i - 9,
                          j + 10, k + 11, l + 12, m + 13, n + 14, o + 15, p + 16, q + 17, r * 2.0f, s + 19);
}
