problem drift_diffusion "Drift and diffusion of a wave"

space      x in [0, 2*pi]
time       t in [0, 1]
field      u(x, t)

equation   transport:   u_t = u_xx - 20*u_x
boundary   left:        u = exp(-4*t)*sin(-40*t + pi/4)  on x = 0
boundary   right:       u = exp(-4*t)*sin(4*pi - 40*t + pi/4)  on x = 2*pi
initial    start:       u = sin(2*x + pi/4)

exact      u = exp(-4*t)*sin(2*(x - 20*t) + pi/4)
