# A standing wave over ten half periods.
problem wave
space      x in [0, 1]
time       t in [0, 5]
field      u(x, t)
equation   motion: u_tt = u_xx
boundary   ends: u = 0  on x = 0, x = 1
initial    start: u = sin(pi*x), u_t = 0
exact      u = sin(pi*x)*cos(pi*t)
enforce    softly
weigh      ends: 1
weigh      start: 0.5
network    residual(width = 32, depth = 2, activation = tanh)
sample     interior: latin(points = 500, fresh = 1)
sample     ends: latin(points = 50, fresh = 1)
sample     start: latin(points = 50, fresh = 1)
train      adam(steps = 4000, rate = 1e-3, decay = 0.072)
