problem pinv "Conductivity field of a Poisson equation"

space      x in [0, 1], y in [0, 1]
field      u(x, y)
unknown    a(x, y) in [0.01, 10]
let        D = 1 + x^2 + y^2 + (x - 1)^2 + (y - 1)^2
equation   balance:  -div(a*grad(u)) = 2*pi^2*sin(pi*x)*sin(pi*y)/D
             + 2*pi*((2*x - 1)*cos(pi*x)*sin(pi*y) + (2*y - 1)*sin(pi*x)*cos(pi*y))/D^2
boundary   walls:    u = 0, a = 1/D  on boundary
data       sensors:  u from "pinv.csv" (sigma = 0.01)
exact      u = sin(pi*x)*sin(pi*y)
exact      a = 1/D
