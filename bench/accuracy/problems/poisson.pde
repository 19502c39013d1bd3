problem poisson "Poisson equation on the unit square"

space      x in [0, 1], y in [0, 1]
field      u(x, y)

equation   balance:     -laplacian(u) = 2*pi^2*sin(pi*x)*sin(pi*y)
boundary   walls:       u = 0  on boundary

exact      u = sin(pi*x)*sin(pi*y)
