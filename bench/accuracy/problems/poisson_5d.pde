problem poisson_5d "Poisson equation in five dimensions, a sum of sines"

space      x[1..5] in [0, 1]
field      u(x)
let        sines = sin(pi*x1/2) + sin(pi*x2/2) + sin(pi*x3/2) + sin(pi*x4/2) + sin(pi*x5/2)

equation   balance:     -laplacian(u) = pi^2/4*sines
boundary   walls:       u = sines  on boundary

exact      u = sines
