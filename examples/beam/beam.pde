problem beam "Euler-Bernoulli beam on simple supports"

space      x in [0, 1]
time       t in [0, 1]
field      u(x, t)

equation   bending:     u_tt + u_xxxx = 0
boundary   supports:    u = 0, u_xx = 0  on x = 0, x = 1
initial    released:    u = sin(pi*x), u_t = 0

exact      u = sin(pi*x)*cos(pi^2*t)
