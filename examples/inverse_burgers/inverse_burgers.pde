problem inverse_burgers "Viscosity of Burgers' equation from noisy velocities"

space      x in [-1, 1]
time       t in [0, 1]
field      u(x, t)
unknown    nu = 0.1 in [0, 1]

equation   momentum:    u_t + u*u_x = nu*u_xx
boundary   walls:       u = 0  on x = -1, x = 1
initial    start:       u = -sin(pi*x)

data       sensors:     u from "sensors.csv" (sigma = 0.05)

reference  u from "inverse_burgers_reference.csv"
reference  nu = 0.02
