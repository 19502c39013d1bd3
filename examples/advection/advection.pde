problem advection "The law of transport behind a front"

space      x in [-1, 1]
time       t in [0, 1]
field      u(x, t)
constant   nu = 0.05
unknown    f(u, u_x)

equation   balance:     u_t = nu*u_xx + f(u, u_x)
boundary   walls:       u = 0  on x = -1, x = 1
initial    start:       u = -sin(pi*x)

data       sensors:     u from "sensors.csv" (sigma = 0.01)

reference  u from "advection_reference.csv"
