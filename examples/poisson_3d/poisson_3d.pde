problem poisson_3d "Poisson equation in a cube, with a manufactured solution"

space      x in [0, 1], y in [0, 1], z in [0, 1]
field      u(x, y, z)

equation   balance:     -laplacian(u) = 0
boundary   walls:       u = 0  on boundary

manufacture u = sin(pi*x)*sin(2*pi*y)*sin(pi*z)
