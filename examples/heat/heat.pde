problem heat "Heat conduction in a rod with cold ends"

space      x in [0, 1]
time       t in [0, 1]
field      u(x, t)
constant   alpha = 0.4

equation   conduction:  u_t = alpha*u_xx
boundary   ends:        u = 0  on x = 0, x = 1
initial    profile:     u = sin(pi*x)

exact      u = exp(-alpha*pi^2*t)*sin(pi*x)
