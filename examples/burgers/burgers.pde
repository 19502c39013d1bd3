problem burgers "Viscous Burgers equation, steepening front"

space      x in [-1, 1]
time       t in [0, 1]
field      u(x, t)
constant   nu = 0.01/pi

equation   momentum:    u_t + u*u_x = nu*u_xx
boundary   walls:       u = 0  on x = -1, x = 1
initial    start:       u = -sin(pi*x)

reference  u from "burgers_reference.csv"
