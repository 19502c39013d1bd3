problem winv "Speed of a wave"

space      x in [0, 1]
time       t in [0, 1]
field      u(x, t)
unknown    c = 1 in [0.1, 10]
equation   motion:   u_tt = c^2*u_xx
boundary   ends:     u = 0  on x = 0, x = 1
initial    start:    u = sin(pi*x) + 0.5*sin(4*pi*x), u_t = 0
data       sensors:  u from "winv.csv" (sigma = 0.01)
exact      u = sin(pi*x)*cos(2*pi*t) + 0.5*sin(4*pi*x)*cos(8*pi*t)
reference  c = 2
