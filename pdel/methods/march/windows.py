"""`march windows`: the interval of time cut into windows, each with a network of its own."""

from __future__ import annotations

from pdel.methods.base import Citation, Method, Option

METHOD = Method(
    family="march",
    name="windows",
    purpose="windows of time, trained one after the other",
    description="""\
Time is cut into `count` windows of equal length T. Each has a network W of its own, which is trained by
the phases of `train` and then frozen. Where the equations are of first order in time, the network N of
the ansatz u = g + d*N is, with s = (t - start)/T running from 0 to 1 over the window,

    N(x, t) = (1 - s)*M(x) + s*W(x, t),   M(x) the network of the window before at its end,

so that u goes through the joint for every W: the window begins where the one before has ended, exactly
and not by a term of the loss. For second order the blend is cubic and carries the rate of change as
well. At the end of a window N = W and N_t = W_t, so that no window needs more than the one before.
W begins as the mirror image in time of the network before, which has its values at the joint. With a
`--budget` the windows share the time that is left. Where `train least_squares` solves for every window, N = W, and
the joint is a term of its loss, for the first window to the initial values: joined exactly, windows carried on for
ever what a network has of its own between points, and blew up after ten of them. A step at the joint counts as if it
came about within a fifth of a window: its weight is (5 a/T)^2 for a*u_t, so that it follows the units of the equation.
With a*u_tt the rate of change is joined too: steps of u count (5/T)^4 a^2 and steps of u_t (5/T)^2 a^2.
Such a window has twice its share of the time while its loss is the largest so far, and ends once it is below a tenth
of that.

When to use it: long times. One network over all of time has to get all of it right at once, and early
errors are punished only where the equation carries them; a system that leaves its start quickly is lost
on a fixed point instead. The plan chooses windows by itself for ordinary equations, and for nonlinear parabolic,
dispersive and wave equations in one coordinate of space, where least squares solve for each of 20 or, of ordinary
equations, up to 100 as the rate of change at the start asks. Where another way of training is stated it chooses them
for systems of ordinary equations over long times. Linear parabolic equations have 20 where the start does not fit the
boundary, and linear ones that carry something narrow far have 5 to 40, as their paths bend and what they carry spreads.
Measured with one seed: on the Lorenz system over t <= 2 four windows of 2000 steps of `broyden` reached
6e-8, where one network ended on the fixed point; on the Korteweg-de Vries equation, delta = 0.022, four windows of
`broyden` reached errors of 2e-6, 3e-5, 3e-4 and 1e-3 up to their ends: later
windows, in which the solution is steeper, need more steps, and errors grow from window to window.

Weights of the residual that go from early to late times (causal weights) serve the same end and are not offered:
their authors state a patent on them. Windows that grow are not built.

Cost: a run takes `count` times the steps of `train`. Where the problem has space, one more evaluation
of a network, without gradient, a step.""",
    options=(Option("count", 4, "number of windows", at_least=2, at_most=1000),),
    citation=Citation(
        key="krishnapriyan2021",
        text="Krishnapriyan, Gholami, Zhe, Kirby and Mahoney, Characterizing possible failure modes in "
        "physics-informed neural networks, NeurIPS 34 (2021); there with the joint in the loss",
        bibtex="""\
@inproceedings{krishnapriyan2021,
  author    = {Krishnapriyan, Aditi and Gholami, Amir and Zhe, Shandian and Kirby, Robert and Mahoney, Michael W.},
  title     = {Characterizing possible failure modes in physics-informed neural networks},
  booktitle = {Advances in Neural Information Processing Systems},
  volume    = {34},
  pages     = {26548--26560},
  year      = {2021}
}""",
    ),
    template="methods/march/windows.py.j2",
    example="march windows(count = 8)",
)
