"""`train broyden`: self-scaled Broyden updates of a dense inverse Hessian."""

from __future__ import annotations

from pdel.methods.base import Citation, Method, Option

METHOD = Method(
    family="train",
    name="broyden",
    purpose="quasi-Newton steps with a dense, self-scaled inverse Hessian",
    description="""\
Step -H*g with a strong Wolfe line search (c1 = 1e-4, c2 = 0.9, first trial 1). With s the step and y
the change of the gradient, H is scaled and then corrected by a symmetric matrix of rank two of Broyden's
family; scale and parameter follow Al-Baali's self-scaling rule. H is kept where `resample` moves the points.

When to use it: the default. On networks of up to about 2000 weights it was the best method measured, for
single equations and for systems: on Burgers' equation errors below 1e-5 in a minute on one core, where
Levenberg-Marquardt was above 1e-4. In one measurement each, plain BFGS was 60 times worse, and so were
fixed points: they are overfitted, and the error stops falling while the loss goes on.

Cost: about 1.6 gradients a step and a dense symmetric matrix of weights by weights (7 MB for 921
weights, 32 MB for 2000). It needs float64, and no warm start.""",
    options=(
        Option("steps", 5000, "number of steps at most", at_least=1, at_most=1_000_000_000),
        Option("tolerance", 0.0, "loss below which it stops; 0 lets it use all its steps", at_least=0),
    ),
    citation=Citation(
        key="urban2025",
        text="Urban, Stefanou and Pons, Unveiling the optimization process of physics informed neural "
        "networks, J. Comput. Phys. 523 (2025); Al-Baali, Numerical experience with a class of "
        "self-scaling quasi-Newton algorithms, J. Optim. Theory Appl. 96 (1998)",
        bibtex="""\
@article{urban2025,
  author  = {Urb{\\'a}n, Jorge F. and Stefanou, Petros and Pons, Jos{\\'e} A.},
  title   = {Unveiling the optimization process of physics informed neural networks: How accurate and competitive
             can {PINNs} be?},
  journal = {Journal of Computational Physics},
  volume  = {523},
  pages   = {113656},
  year    = {2025},
  doi     = {10.1016/j.jcp.2024.113656}
}
@article{albaali1998,
  author  = {Al-Baali, Mehiddin},
  title   = {Numerical Experience with a Class of Self-Scaling Quasi-Newton Algorithms},
  journal = {Journal of Optimization Theory and Applications},
  volume  = {96},
  pages   = {533--553},
  year    = {1998},
  doi     = {10.1023/A:1022608410710}
}""",
    ),
    template="methods/train/broyden.py.j2",
    shared=("methods/train/line_search.py.j2",),
    example="train broyden(steps = 3000)",
)
