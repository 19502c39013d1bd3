problem hinv "Conductivity field of a heat equation"

space      x in [-1, 1], y in [-1, 1]
time       t in [0, 1]
field      u(x, y, t)
unknown    a(x, y) in [0.1, 10]
equation   energy:   u_t - div(a*grad(u)) = exp(-t)*((4*pi^2 - 1)*sin(pi*x)*sin(pi*y)
             + pi^2*(2*sin(pi*x)^2*sin(pi*y)^2 - cos(pi*x)^2*sin(pi*y)^2 - sin(pi*x)^2*cos(pi*y)^2))
boundary   walls:    u = 0, a = 2  on boundary
initial    start:    u = sin(pi*x)*sin(pi*y)
data       sensors:  u from "hinv.csv" (sigma = 0.01)
exact      u = exp(-t)*sin(pi*x)*sin(pi*y)
exact      a = 2 + sin(pi*x)*sin(pi*y)
