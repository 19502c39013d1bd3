# A sine carried around a ring.
problem convection
constant   beta = 10
space      x in [0, 2*pi] periodic
time       t in [0, 1]
field      u(x, t)
equation   transport: u_t + beta*u_x = 0
initial    start: u = sin(x)
exact      u = sin(x - beta*t)
enforce    softly
weigh      start: 1
network    residual(width = 32, depth = 2, activation = tanh)
sample     interior: latin(points = 500, fresh = 1)
sample     start: latin(points = 50, fresh = 1)
train      adam(steps = 4000, rate = 1e-3, decay = 0.072)
