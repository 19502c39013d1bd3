problem diffusion "Diffusion with a source"

space      x in [-1, 1]
time       t in [0, 1]
field      u(x, t)

equation   heat:        u_t = u_xx - exp(-t)*(sin(pi*x) - pi^2*sin(pi*x))
boundary   ends:        u = 0  on x = -1, x = 1
initial    start:       u = sin(pi*x)

exact      u = exp(-t)*sin(pi*x)
