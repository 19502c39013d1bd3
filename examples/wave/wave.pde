problem wave "Vibrating string with two frequencies"

space      x in [0, 1]
time       t in [0, 1]
field      u(x, t)
constant   c = 2

equation   motion:      u_tt = c^2*u_xx
boundary   ends:        u = 0  on x = 0, x = 1
initial    plucked:     u = sin(pi*x) + 0.5*sin(4*pi*x), u_t = 0

exact      u = sin(pi*x)*cos(c*pi*t) + 0.5*sin(4*pi*x)*cos(4*c*pi*t)
