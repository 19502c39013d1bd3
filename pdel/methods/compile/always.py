"""`compile always`: one compiled graph for the loss and its gradient."""

from __future__ import annotations

from pdel.methods.base import Method

METHOD = Method(
    family="compile",
    name="always",
    purpose="the loss and its gradient as one compiled graph",
    description="""\
Inductor, the compiler of torch, turns the loss and its gradient, as one function of all weights in a row, into a few
fused loops and matrix products in C++. That is possible because jets hold no derivatives that automatic
differentiation would have to take inside the loss. The code of the graph is kept in torch's cache, by default in a
folder for temporary files, and a second run of the module finds it there.

When to use it: runs of more than a minute. `least_squares` and `gauss_newton` take no gradient: there it does nothing.

Cost: the compilation before the first step, and a C++ compiler on the machine; where there is none the module
says so and trains without.""",
    example="compile always",
)
