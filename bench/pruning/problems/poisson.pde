problem poisson "Poisson equation without boundary conditions, observed inside"

space      x in [0, 1], y in [0, 1]
field      u(x, y)
equation   balance:  laplacian(u) = -60*(x*(1 - x) + y*(1 - y))
data       sensors:  u from "poisson.csv" (sigma = 0.01)
exact      u = 30*x*(1 - x)*y*(1 - y)
