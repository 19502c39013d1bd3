"""`train least_squares`: the output layer by least squares, on hidden layers that are drawn at random."""

from __future__ import annotations

from pdel.methods.base import Citation, Method, Option

METHOD = Method(
    family="train",
    name="least_squares",
    purpose="the output layer by least squares, on hidden layers that are drawn at random",
    description="""\
With its hidden layers held, a network is linear in the weights w of its output layer. For a linear equation
so are the residuals r of the loss r.r, and the best w is the solution d of min |r + J d|, by QR factors of J. Else
Gauss-Newton steps follow until the loss stops falling. A neuron of the first layer is s(v.(z - c)) for inputs z,
with a normal vector v and a place c in the region, both drawn once. What is trained beside w is one scale of v for
every input, how fast neurons vary along it: a step solves for w with other scales, and the lowest loss is kept.

When to use it: smooth solutions of linear equations, and of nonlinear ones of steady problems, where it is the
default. With the 800 neurons of a minute a wave equation with two frequencies
came to 3e-13 in 20 to 40 s, a Helmholtz equation to 2e-13 in 11 s and a beam to 6e-13 in 10 s,
where a minute of `broyden` came to 9e-4, 7e-5 and 2e-5. Conditions in the loss cost little:
the wave with all conditions soft came to 1e-10. Corners and other places where the solution is not smooth want
more neurons: a plate with a hole had 9e-5 with 400, and 4e-7 with 800 and twice the points a weight.
Of nonlinear equations, an equation with u^3 came to 5e-11 after 3 steps, Bratu's to 2e-15 after one.

In `march windows` every window is solved for, and begins by a term of the loss: where the one before has ended, the
first one at the initial values. With one coordinate of space neurons are dense, and as much narrower, where the
solution is steep or bends: at the start of the window, and for the second trial all along it, where a front may have
gone to. Half of the points move there too. Neurons go along with what they lie in: how far that moves is found from
what has just changed, and but for a random part a neuron is the same all along that path. A front of width 0.04 with
speed 1 so had 7e-8 with 240 neurons in each of 8 windows of 0.05, and 2e-4 with neurons that stood. It is the default
for nonlinear parabolic, dispersive and wave equations in one coordinate of space, and for ordinary ones: nothing has to
be compiled, and Burgers' equation with a viscosity of 0.01/pi came to 1.2e-6 to 5.4e-6 in a minute (five seeds), to
1.3e-5 to 3.0e-5 in 15 s (five) and to 9.1e-8 to 1.2e-7 in 200 s (three), where a minute of `broyden` came to 7e-5 to
2e-4. Allen-Cahn with D = 1e-3 came to 7e-8 to 9.3e-8 in a minute (four seeds) and to 2.4e-9 with 300 s (two), with
D = 1e-4 and a kink at the seam to 2.0e-6 and 3.5e-6 in these (two). The Korteweg-de Vries equation, delta = 0.022,
came to 1.8e-5 and 2.2e-5 in five minutes (two) and to 1.1e-3 in one (one), Schroedinger's with a kink at the seam to
4e-4 in one (one), the Lorenz system up to t = 2 to 1.4e-12 in 3 s (three).

Linear equations in one coordinate of space that carry something narrow far are solved in windows too: u_t + c*u_x + …
along x' = c(x, t), waves along both speeds, two equations of first order along the eigenvalues of their matrix. The
width w is that of the waves in what is stated, at the start, on the boundary or in a source: (h/m)^(1/4) for half its
range h and its largest fourth derivative m. Where (L/w)*(c*T/w) pulses have room in the region, 400 or more, networks
are given where what is at (x, t) is half way through the window, x - c*s + (c_t + c*c_x)*s^2/2 a time s before, for
every path in place of x, and neurons vary along one of these and slowly in time. They are dense where what goes along
their path is steep: of u_tt = c^2*u_xx, u_t - c*u_x goes one way and u_t + c*u_x the other. Boundary conditions enter
the loss with the weight of a joint. Pulses exp(-(x/a)^2) on [0, 4], a = 0.1 and 0.15, came to these relative errors in
15 s of one core (400 weights, seed 0), where sine neurons of the whole region leave 0.6 and more: carried at a constant
speed 3e-8, with a diffusion of 1e-3 1e-7, with a speed that varies from place to place 2e-6, entering 2e-6, three
times round a period 7e-8, waves that leave through absorbing ends 3e-6, the telegraph equation 1e-5.

At places where initial values do not fit the boundary - their slopes differ, or across the seam of a period they have
a kink, or the equation wants another rate than the boundary has - a solution of a parabolic equation is not smooth in
x and t at the start. Beside x = a it is in the distance s = sqrt((x - a)^2 + 4*D*t) and the direction (x - a)/s, so
both become inputs of windows, for D in u_t = D*u_xx, and up to 0.45 of the neurons vary with them alone, as many at
every scale of s. Equations are multiplied by s/sqrt(s^2 + c^2) there, with c a bit more than a tenth of the length.
The plan takes windows for linear equations too where such places are: with u = x*(1 - x) at the start and 0 at both
ends, u_t = u_xx came to 3e-6 at most at all times from 1e-6 on (two seeds, 600 neurons, two trials a window).

Where values differ, as at a wall that is cooled at once, the offset of the ansatz has what such a step makes of the
field, J*erfc(d/sqrt(4*D*t)) for a difference J and the distance d inwards. That is done for every method of training.
What is left has values that fit; slopes or rates that do not are treated as above where the equation has further
terms or D varies from place to place. With u = 1 at the start and 0 at both ends, the heat equation came to an error
of 5e-7 at most at all times from 1e-6 on, in a minute. Beside a wall held at 1 from the start on, Burgers' equation
with a viscosity of 0.05 came to 6e-6 at most and u_t = 0.1*u_xx + 5*u*(1 - u) to 4e-6, up to the time 0.5 that a minute
of a busy core reached (two seeds each). Where D depends on u, or with u_x^2, the rest would be as large as that step:
nothing is taken off, and the plan takes no windows.

Beside the boundary a linear equation with a small coefficient of its highest derivatives may have thin layers: within
eps/a of where a flow goes out, for -eps*u_xx + a*u_x + c*u = f, within sqrt(eps/c) where nothing flows, and within
sqrt(eps*L/a) along a length L of flow. The plan finds them from the coefficients on faces, circles and spheres. Where
one is thinner than 0.05 of the region, log(1 + d/w) becomes an input of the network for each, d the distance and w the
width, the factor that vanishes on a face becomes 1 - exp(-d/w), and points lie at every scale of d. -eps*u_xx + u_x = 1
had largest errors of 9e-15, 6e-15 and 5e-12 for eps = 1e-2, 1e-3 and 1e-4 after 3 to 4 trials, where waves of x alone
left an error of 1 for the last two, and -eps^2*u_xx + u = 1 + x had 5e-14 with 1e-4. On a square,
-eps*laplacian(u) + u_x = 1 came to 2.3e-4 with eps = 1e-2, to 8.5e-4 with 1e-3 and to 1.4e-3 with 1e-4.

Where the first trial of other nonlinear equations leaves more than 1e-4 of the loss without the network, the solution
is followed: neurons and half of the points are drawn again where it is steep or bends, in any number of coordinates,
neurons are steep across it, and each fit begins with the outputs that are known; this goes on as long as it pays.
Where that ends far from a solution, nonlinear terms count nothing at first, and then a larger part in each step, by
shorter strides where the loss does not come down with them: F(u) becomes s*F(u) + (1 - s)*(F(0) + F'(0) u), with s
from 0 to 1. A steady shock of width 0.02 that damping holds (u*u_x + u/2 = 0.01*u_xx) came to 5e-16 with each of
three seeds and 250 neurons of tanh, where the first trial alone ends at 0.1; across a square, with 500 neurons, to
2e-13 in half a minute. What the equation itself leaves open, no method finds: the place of a shock of u*u_x = eps*u_xx
without damping hangs on exp(-1/eps), and errors of 0.005 to 0.08 remained beside a loss of 1e-16.

Solutions of nonlinear equations that jump at corners are not followed, as they are steep without end there. They are
given more neurons, 5 residuals for each weight and points on every piece of the boundary for half of the neurons:
a driven cavity with a Reynolds number of 1000 had 9e-2 with 533 neurons and 6e-3 with 1108. A correction that gains
less than a quarter of what it promises is damped, and where no damping helps a part of it is taken.

Corners of a region that point inwards, and places where a given value changes to a given derivative along one side,
beside which a solution of -laplacian(u) = f is not smooth, give the network further inputs, powers of x + i*y from
there, and up to half of the neurons vary with those of one place each: an L came to 3e-8 after one trial, where values
were 0.2 off before, and Motz's problem to 8e-10, where they were 2e-2 off.

When not: inverse problems and `prune` cannot use it, and windows of equations of second order in time neither.

Cost: of a step, residuals * weights^2 for the weights of the output layer: with 400 neurons half a second.
It needs float64, and neither compilation nor points that move.""",
    options=(
        Option("steps", 100, "number of steps, trials of scales, at most", at_least=1, at_most=1_000_000_000),
        Option("factor", 2.0, "what scales are first multiplied by; its roots follow", above=1, at_most=1000),
        Option("tolerance", 0.0, "loss below which it stops; 0 lets it use all its steps", at_least=0),
    ),
    citation=Citation(
        key="dong2021",
        text="Dong and Li, Local extreme learning machines and domain decomposition for solving linear and nonlinear "
        "partial differential equations, Comput. Methods Appl. Mech. Eng. 387 (2021) 114129",
        bibtex="""\
@article{dong2021,
  author  = {Dong, Suchuan and Li, Zongwei},
  title   = {Local extreme learning machines and domain decomposition for solving linear and nonlinear partial
             differential equations},
  journal = {Computer Methods in Applied Mechanics and Engineering},
  volume  = {387},
  pages   = {114129},
  year    = {2021},
  doi     = {10.1016/j.cma.2021.114129}
}""",
    ),
    template="methods/train/least_squares.py.j2",
    shared=(
        "sections/jacobian/rows.py.j2",
        "sections/jacobian/equations.py.j2",
        "sections/jacobian/as_they_are.py.j2",
        "sections/jacobian/parts.py.j2",
        "sections/jacobian/reduced.py.j2",
    ),
    gradients=False,
    example="network mlp(width = 400, depth = 1)\ntrain least_squares",
)
