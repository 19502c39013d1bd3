# A cosine that breaks into solitons.
problem kdv
constant   delta = 0.022
space      x in [-1, 1] periodic
time       t in [0, 1]
field      u(x, t)
equation   shallow: u_t + u*u_x + delta^2*u_xxx = 0
initial    start: u = cos(pi*x)
reference  u from "kdv_reference.csv"
enforce    softly
weigh      start: 100
network    residual(width = 32, depth = 2, activation = tanh)
sample     interior: latin(points = 500, fresh = 1)
sample     start: latin(points = 50, fresh = 1)
train      adam(steps = 4000, rate = 1e-3, decay = 0.072)
