problem ebinv "Stiffness of an Euler-Bernoulli beam"

space      x in [0, 1]
time       t in [0, 1]
field      u(x, t)
unknown    alpha = 0.5 in [0.1, 10]
equation   motion:   u_tt + alpha^2*u_xxxx = 0
boundary   ends:     u = 0, u_xx = 0  on x = 0, x = 1
initial    start:    u = sin(pi*x), u_t = 0
data       sensors:  u from "ebinv.csv" (sigma = 0.01)
exact      u = sin(pi*x)*cos(pi^2*t)
reference  alpha = 1
