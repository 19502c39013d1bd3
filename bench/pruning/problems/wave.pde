problem wave "Wave equation without initial conditions, observed near both ends"

space      x in [0, 1]
time       t in [0, 1]
field      u(x, t)
equation   motion:   u_tt = u_xx
boundary   ends:     u = 0  on x = 0, x = 1
data       sensors:  u from "wave.csv" (sigma = 0.01)
exact      u = sin(2*pi*t)*sin(2*pi*x)
