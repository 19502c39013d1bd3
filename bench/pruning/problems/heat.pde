problem heat "Heat equation without an initial condition, observed in the middle"

space      x in [0, 1]
time       t in [0, 0.02]
field      u(x, t)
equation   conduction:  u_t - u_xx = 4*pi^2*exp(-4*pi^2*t^2)*sin(2*pi*x)*(1 - 2*t)
boundary   ends:        u = 0  on x = 0, x = 1
data       sensors:     u from "heat.csv" (sigma = 0.01)
exact      u = exp(-4*pi^2*t^2)*sin(2*pi*x)
