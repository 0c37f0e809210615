"""What NumPy prints for float32 arrays, as a table of strings: print(array), with and without suppress."""
import numpy as np

import goldens

F = np.float32
cases = []


def add(name, array, suppress=False, **generator):
    array = np.asarray(array, dtype=F)
    with np.printoptions(suppress=suppress):
        text = str(array)
    case = {"name": name, "shape": list(array.shape), "suppress": suppress}
    if generator:
        case.update(generator)
    else:
        assert array.size <= 1000, name
        case["bits"] = [int(b) for b in array.reshape(-1).view(np.uint32)]
    case["expected"] = text
    cases.append(case)


def both(name, array):
    add(name, array)
    add(name + " (suppress)", array, suppress=True)


def ramp(name, shape, start=0, step=1, change=(), suppress=False):
    """An array given by its rule, float32(start) + float32(i) * float32(step), for sizes too long to list."""
    count = int(np.prod(shape))
    array = F(start) + np.arange(count, dtype=F) * F(step)
    for index, value in change:
        array[index] = value
    extra = {"set": [[i, int(np.array(v, F).view(np.uint32))] for i, v in change]} if change else {}
    add(name, array.reshape(shape), suppress, arange={"start": start, "step": step, "count": count}, **extra)


# 0-d: a scalar prints by its own rule (shortest digits, exponent below 1e-4 and from 1e16), whatever suppress says.
for v in [0, -0.0, 1, -1, 0.1, 1 / 3, 2.5, 100, 123456, 1234567.9, 16777216, 1e-3, 1e-4, 9.999e-5, 1e-5, 1e-45, 1.1754944e-38,
          1e8, 123456790, 1e15, 9.9e15, 1e16, 1.2345678e16, 3.4028235e38, np.nan, np.inf, -np.inf, 0.30000001192092896]:
    add(f"0-d {F(v)!r}", F(v))
add("0-d 0.00001234 (suppress)", F(1.234e-5), suppress=True)
add("0-d 1e+20 (suppress)", F(1e20), suppress=True)

# Empty arrays.
for shape in [(0,), (2, 0), (0, 3), (1, 0, 2), (0, 0), (2, 3, 0), (1, 2, 0, 4)]:
    add(f"empty {shape}", np.zeros(shape, F))

# Whole numbers, negatives, mixed widths.
both("zeros 3", np.zeros(3))
both("ones 2x3", np.ones((2, 3)))
add("one element", [1.5])
add("one element 1x1", [[1.5]])
add("one element 1x1x1", [[[1]]])
add("one element 1x1x1x1", [[[[-2.25]]]])
add("whole 1 2 3", [1, 2, 3])
add("whole with negative", [1, -2, 3])
add("whole all negative", [-1, -2, -3])
add("whole mixed widths", [1, 10, 100, 1000])
add("whole mixed widths and signs", [1, -10, 100, -1000])
add("halves", [0.5, 1, 1.5])
add("halves negative", [-0.5, 1, -1.5, 10])
add("fractions of different length", [0.5, 0.25, 0.125, 1])
add("thirds", [1 / 3, 2 / 3, 1])
add("seven places", [0.1234567, 1.2345678])
add("eight places and a whole", [0.12345678, 12, -3.5])
add("tenths", [0.1, 0.2, 0.3])
add("sum that is not exact", [F(0.1) + F(0.2), 0.3])
add("pi e", [np.pi, -np.e])
add("rounding at 8 digits", [0.123456789, 0.987654321])
add("rounding carries", [0.99999999, 0.999999, 0.9999999])
add("rounds up a width", [9.9999999, 9.999999, 0.5])
add("hundreds with fractions", [123.456, 7.89, 0.001234])
add("thousands with fractions", [1234.5678, 1.5])
add("wide whole part", [12345678, 1.5])
add("largest without exponent", [99999992, 1])
both("negative zero", [0.0, -0.0])
both("negative zero alone", [-0.0])
add("negative zero with ones", [-0.0, 1, -1])
add("negative zero fraction", [-0.0, 0.25])
add("power of two fractions", [2.0 ** -k for k in range(8)])
add("float32 epsilon neighbours", [1, np.nextafter(F(1), F(2)), np.nextafter(F(1), F(0))])
add("16777216", [16777216, 16777215])

# Exponent form: largest >= 1e8, smallest nonzero < 1e-4, or ratio > 1000.
both("ratio 1000 exactly", [1, 1000])
both("ratio above 1000", [1, 1001.5])
both("ratio 1000 with fraction", [0.5, 500])
both("ratio just above 1000", [0.5, 500.5])
both("ratio of whole numbers", [1, 2000])
both("ratio large", [0.001, 12345])
both("ratio negative", [-0.001, 12345])
both("ratio with zero", [0, 0.001, 12.5])
both("max 1e8", [1e8, 1e8])
both("max below 1e8", [99999992, 99999984])
both("max 1e8 and one", [1e8, 1])
both("min 1e-4", [1e-4, 2e-4])
both("min below 1e-4", [9.9e-5, 2e-4])
both("min below 1e-4 whole digits", [1e-5, 2e-5])
both("tiny and one", [1e-7, 1])
both("tiny only", [1.5e-10, -2.25e-10])
both("tiny and zero", [0, 1e-6, -1e-6])
both("subnormal", [1e-45, 3e-45])
both("subnormal and one", [1e-45, 1])
both("subnormal largest", [1.1754942e-38, 1.1754944e-38])
both("largest float", [3.4028235e38, -3.4028235e38])
both("largest and smallest", [3.4028235e38, 1e-45, -1])
both("exponent digits of different length", [1.5e10, 1.25e-5, 1e20])
both("exponent negative mix", [-1.5e10, 1.25e5])
both("exponent all negative", [-1.5e10, -1.25e9])
both("exponent whole mantissas", [1e10, 2e20])
both("exponent 2x2", [[1e-6, 1], [2.5, -3e4]])
both("exponent 1e38", [1e38, 1e-38])
both("large whole numbers", [123456789, 987654321])
both("suppress hides small", [1e-9, 0.5])
both("suppress rounds small negatives to -0.", [-1e-9, 0.5, -0.25])
both("suppress tiny whole", [1e-9, 2])
both("suppress big", [1e15, 0.5])
both("suppress very big", [1e20, 1])
both("suppress 4e-9 6e-9", [4e-9, 6e-9])

# Not-a-number and infinities.
both("nan", [np.nan])
both("inf", [np.inf])
both("-inf", [-np.inf])
both("nan inf -inf", [np.nan, np.inf, -np.inf])
both("nan and whole", [np.nan, 1, 2])
both("nan and fraction", [np.nan, 0.5, -1.25])
both("inf and whole", [1, np.inf])
both("-inf and whole", [1, -np.inf])
both("-inf and wide", [12345.5, -np.inf])
both("inf and negative", [-1, np.inf])
both("nan and exponent", [np.nan, 1e-10, 1])
both("inf and exponent", [np.inf, 1e10, -1])
both("all special and exponent", [np.nan, np.inf, -np.inf, 1e-10, 1e10, -0.0])
both("nan and zero", [np.nan, 0])
both("nan and -0.0", [np.nan, -0.0])
add("nan 2x2", [[np.nan, 1], [2, np.nan]])
add("nan 2x2x2", [[[np.nan, 1], [2, 3]], [[4, np.inf], [-1, 0]]])

# Rank 2 to 4.
add("2-d 1x4", [[1, 2, 3, 4]])
add("2-d 4x1", [[1], [2], [3], [4]])
add("2-d fractions", [[0.5, -1.25], [10, 3.375]])
add("2-d 3x1 lesson input", [[0.1], [0.2], [0.3]])
add("3-d 1x3x1 lesson input", [[[0.1], [0.2], [0.3]]])
add("3-d 2x2x3", np.arange(12).reshape(2, 2, 3))
add("3-d 3x1x1", np.arange(3).reshape(3, 1, 1))
add("3-d 1x1x5", np.arange(5).reshape(1, 1, 5) / 4)
add("4-d 2x2x2x2", np.arange(16).reshape(2, 2, 2, 2))
add("4-d 1x2x3x2 negative", np.arange(12).reshape(1, 2, 3, 2) / -8)
add("4-d 2x1x1x3", np.arange(6).reshape(2, 1, 1, 3) * 1.5)
add("4-d 1x1x1x1", np.full((1, 1, 1, 1), 0.1))
add("5-d 1x2x1x2x2", np.arange(8).reshape(1, 2, 1, 2, 2))

# Line wrap at 75 columns.
for n in [17, 18, 19, 20, 24, 25, 26, 37, 38, 100]:
    add(f"wrap 1-d arange {n}", np.arange(n))
for n in [4, 5, 6, 7, 12, 13, 14]:
    add(f"wrap 1-d tenths {n}", np.arange(n) / 10 + 0.1234567)
add("wrap 1-d negatives", -np.arange(40) / 8)
add("wrap 1-d ones 36", np.ones(36))
add("wrap 1-d ones 37", np.ones(37))
add("wrap 1-d ones 38", np.ones(38))
add("wrap 2-d 2x30", np.arange(60).reshape(2, 30))
add("wrap 2-d 2x18", np.ones((2, 18)) * 10)
add("wrap 3-d 2x2x25", np.arange(100).reshape(2, 2, 25))
add("wrap 4-d 1x2x2x20", np.arange(80).reshape(1, 2, 2, 20) / 4)
add("wrap 2-d exponent", np.arange(1, 15).reshape(2, 7) * 1e-6)
add("wrap 1-d exponent", np.arange(1, 12) * 1.1e9)
add("wrap 1-d nan", np.full(30, np.nan))
add("wrap columns of width 75 exactly", np.full(7, 0.12345678)[:6])
add("wrap whole 1000", np.arange(1000))
add("wrap 10x100", np.arange(1000).reshape(10, 100))

# More than 1000 elements: '...', three at each edge, width taken from what is shown.
ramp("1000 1-d prints whole", (1000,), -500, 1)
ramp("1001 1-d is summarised", (1001,))
ramp("1001 1-d fractions", (1001,), -125, 0.25)
ramp("1-d 5000", (5000,))
ramp("1-d 100000", (100000,))
ramp("1-d 2000 exponent", (2000,), 1e9, 1e6)
ramp("1-d 1200 small steps (suppress)", (1200,), 0, 0.5, suppress=True)
ramp("1-d hidden nan changes nothing", (1001,), 0, 1, [(500, np.nan)])
ramp("1-d hidden fraction changes nothing", (1001,), 0, 1, [(500, 0.123)])
ramp("1-d hidden huge changes nothing", (1001,), 0, 0.5, [(10, 1e30)])
ramp("1-d shown nan at the edge", (1001,), 0, 1, [(1000, np.nan)])
ramp("1-d shown -inf at the edge", (1001,), 0, 1, [(2, -np.inf)])
ramp("1-d shown tiny at the edge", (1001,), 1, 1, [(0, 1e-6)])
ramp("1-d shown tiny at the edge (suppress)", (1001,), 1, 1, [(0, 1e-6)], suppress=True)
ramp("2-d 1x1001", (1, 1001))
ramp("2-d 1001x1", (1001, 1))
ramp("2-d 40x25 is 1000", (40, 25))
ramp("2-d 7x143 is 1001", (7, 143))
ramp("2-d 6x200 no row hidden", (6, 200))
ramp("2-d 7x200 one row hidden", (7, 200))
ramp("2-d 200x6 no column hidden", (200, 6))
ramp("2-d 200x7 one column hidden", (200, 7))
ramp("2-d 100x100", (100, 100), -5000, 1)
ramp("2-d 100x100 fractions", (100, 100), -1250, 0.125)
ramp("2-d 501x2", (501, 2))
ramp("3-d 10x10x11", (10, 10, 11))
ramp("3-d 2x3x200", (2, 3, 200))
ramp("3-d 128x9x3", (128, 9, 3), 0, 0.5)
ramp("3-d 1000x1x2", (1000, 1, 2))
ramp("3-d 1x1x1001", (1, 1, 1001))
ramp("3-d 7x7x21 negative", (7, 7, 21), -1029, 1)
ramp("4-d 6x6x6x6", (6, 6, 6, 6))
ramp("4-d 7x7x7x7", (7, 7, 7, 7))
ramp("4-d 8x3x8x8", (8, 3, 8, 8), 0, 0.25)
ramp("4-d 1x1x34x30", (1, 1, 34, 30))
ramp("2-d 20x60 wide summarised rows", (20, 60), 1e6, 1.5)
ramp("empty axis is not summarised", (2000, 0))

# What the lessons print: normal draws, states of a small LSTM, softmax rows.
random = np.random.RandomState(313)
both("lesson normal 2x9x3", random.normal(0, 1, (2, 9, 3)))
both("lesson normal 1x20", random.normal(0, 1, (1, 20)))
both("lesson states 2x3x5", np.tanh(random.normal(0, .2, (2, 3, 5))))
both("lesson states 1x3x1", np.tanh(random.normal(0, .1, (1, 3, 1))))
both("lesson small values", random.normal(0, 1e-4, (2, 4)))
both("lesson weights 3x8", random.uniform(-.5, .5, (3, 8)))
both("lesson softmax", (lambda e: e / e.sum(-1, keepdims=True))(np.exp(random.normal(0, 3, (3, 4)))))
for i in range(24):
    shape = [(3,), (5,), (2, 3), (2, 2, 2), (9,), (1, 2, 3, 2)][i % 6]
    both(f"random {i}", random.normal(0, 1, shape) * 10.0 ** random.randint(-6, 9, shape if i % 2 else ()))
for i in range(16):
    bits = random.randint(0, 2 ** 32, 4, dtype=np.uint64).astype(np.uint32).view(F)
    both(f"random bits {i}", bits)

goldens.write("numpy_print.json", {
    "provenance": goldens.provenance(
        "numpy_print.py", library="numpy", version=np.__version__,
        note="expected = str(array) with NumPy's default print options, or with suppress=True alone changed"),
    "format": "array = bits (float32 patterns) reshaped, or arange: float32(start) + float32(i)*float32(step), "
              "then set: [index, bits] replaced",
}, cases)
