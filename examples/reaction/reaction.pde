problem reaction "The reaction behind a pattern"

space      x in [0, 1]
time       t in [0, 2]
field      u(x, t)
constant   D = 0.02
unknown    f(u)

equation   balance:     u_t = D*u_xx + f(u)
boundary   walls:       u_x = 0  on x = 0, x = 1
initial    start:       u = 1.2*cos(pi*x)

data       sensors:     u from "sensors.csv" (sigma = 0.01)

reference  u from "reaction_reference.csv"
