problem conductivity "Conductivity along a rod from noisy temperatures"

space      x in [0, 1]
time       t in [0, 1]
field      u(x, t)
unknown    k(x) in [0.1, 10]

equation   heat:        u_t = d(k*u_x, x)
boundary   ends:        u = 0  on x = 0, x = 1
initial    start:       u = 0

data       sensors:     u from "sensors.csv" (sigma = 0.01)

manufacture u = exp(-t)*sin(pi*x) + x, k = 1 + 0.5*sin(2*pi*x)
